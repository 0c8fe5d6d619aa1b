using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>Validates JSON by the keywords of JSON Schema 2020-12 that our schemas use; any other keyword is an error.</summary>
internal sealed class JsonSchemaSubset(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>Everything that is wrong with a value, each with its place.</summary>
    public IReadOnlyList<string> Faults(JsonElement value)
    {
        List<string> faults = [];
        Check(root, value, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (Annotations.Contains(keyword.Name, StringComparer.Ordinal)) continue;
            JsonElement rule = keyword.Value;
            switch (keyword.Name)
            {
                case "$ref":
                    Check(Resolve(rule.GetString()!), value, at, faults);
                    break;
                case "type":
                    Require(Types(rule).Any(t => Is(value, t)), $"is {value.ValueKind}, not {rule}");
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(rule, value), $"is {value}, not {rule}");
                    break;
                case "enum":
                    Require(rule.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)), $"is {value}, none of {rule}");
                    break;
                case "minimum":
                    Require(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(), $"is {value}, below {rule}");
                    break;
                case "maximum":
                    Require(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(), $"is {value}, above {rule}");
                    break;
                case "pattern":
                    Require(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), $"is {value}, not like {rule}");
                    break;
                case "minItems":
                    Require(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(), $"has fewer than {rule} items");
                    break;
                case "required":
                    foreach (JsonElement name in value.ValueKind == JsonValueKind.Object ? rule.EnumerateArray() : default)
                        Require(value.TryGetProperty(name.GetString()!, out _), $"lacks {name}");
                    break;
                case "properties":
                    foreach (JsonProperty property in value.ValueKind == JsonValueKind.Object ? rule.EnumerateObject() : default)
                    {
                        if (value.TryGetProperty(property.Name, out JsonElement inner)) Check(property.Value, inner, $"{at}.{property.Name}", faults);
                    }

                    break;
                case "additionalProperties":
                    Assert.Equal(JsonValueKind.False, rule.ValueKind);
                    foreach (JsonProperty property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
                        Require(schema.GetProperty("properties").TryGetProperty(property.Name, out _), $"has {property.Name}, which the schema does not know");
                    break;
                case "items":
                    int i = 0;
                    foreach (JsonElement item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default) Check(rule, item, $"{at}[{i++}]", faults);
                    break;
                default:
                    throw new NotSupportedException($"{at}: the schema uses the keyword {keyword.Name}, which this test does not check");
            }
        }

        void Require(bool holds, string fault)
        {
            if (!holds) faults.Add($"{at} {fault}");
        }
    }

    private JsonElement Resolve(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        return reference[2..].Split('/').Aggregate(root, (place, name) => place.GetProperty(name));
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException($"no JSON type {type}"),
    };
}
