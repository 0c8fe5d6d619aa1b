using System.Text.Json;

namespace Pellucid.Plugins.Datasets.Json;

/// <summary>Properties that may be missing or of another kind than they should be.</summary>
internal static class JsonFields
{
    // Coordinates and run lengths beyond it are no image's; what is below it survives arithmetic in double and long.
    private const double LargestNumber = 1e9;

    /// <summary>A text; null where there is none or it is no UTF-8.</summary>
    public static string? Text(JsonElement element, string name) => Property(element, name) is { } value ? Text(value) : null;

    /// <summary>A text or a number as a text, for ids and answers that are written either way.</summary>
    public static string? TextOrNumber(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(element, name);

    /// <summary>A whole number.</summary>
    public static long? Id(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long id) ? id : null;

    /// <summary>A list of texts.</summary>
    public static IReadOnlyList<string>? Texts(JsonElement element, string name)
    {
        if (Property(element, name) is not { ValueKind: JsonValueKind.Array } list) return null;
        string?[] texts = [.. list.EnumerateArray().Select(Text)];
        return texts.Contains(null) ? null : [.. texts.Select(t => t!)];
    }

    /// <summary>A list of finite numbers of a size that an image can have.</summary>
    public static double[]? Numbers(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) return null;
        double[] numbers = new double[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out double number) || !(Math.Abs(number) <= LargestNumber)) return null;
            numbers[i++] = number;
        }

        return numbers;
    }

    /// <summary>A property of any kind; null where the element is no object or has no such property.</summary>
    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>Names of an object's properties; none where they are no UTF-8.</summary>
    public static IReadOnlyList<string> Names(JsonElement element)
    {
        try
        {
            return [.. element.EnumerateObject().Select(p => p.Name)];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
