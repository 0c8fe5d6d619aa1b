using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Host.Options;

/// <summary>The options of an explainer, read from its options record: for help, for binding and as JSON schema.</summary>
public sealed class OptionSchema
{
    private OptionSchema(Type type, IReadOnlyList<OptionDescription> options)
    {
        OptionsType = type;
        Options = options;
    }

    /// <summary>The options record.</summary>
    public Type OptionsType { get; }

    /// <summary>Options in the order of their declaration.</summary>
    public IReadOnlyList<OptionDescription> Options { get; }

    /// <summary>The schema of an options record.</summary>
    /// <param name="optionsType">A class with a parameterless constructor and settable properties.</param>
    /// <exception cref="PellucidException">It cannot be made, or a property has a type the grammar does not know.</exception>
    public static OptionSchema Of(Type optionsType)
    {
        ArgumentNullException.ThrowIfNull(optionsType);
        object defaults = Activator.CreateInstance(optionsType)!;
        List<OptionDescription> options = [];
        // Metadata order is declaration order within a class; a base class's come first.
        foreach (PropertyInfo property in optionsType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0).OrderBy(p => p.MetadataToken))
        {
            try
            {
                options.Add(new OptionDescription(property, defaults));
            }
            catch (PellucidException fault)
            {
                throw new PellucidException($"{optionsType.Name}.{property.Name}: {fault.Message}", fault);
            }
        }

        return new OptionSchema(optionsType, options);
    }

    /// <summary>Writes the JSON schema (draft 2020-12) of the options as an object.</summary>
    public void WriteJsonSchema(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (OptionDescription option in Options)
        {
            json.WriteStartObject(option.Name);
            if (option.Description.Length > 0) json.WriteString("description", option.Description);
            if (option.Type.IsList)
            {
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                WriteElement(json, option);
                json.WriteEndObject();
            }
            else
            {
                WriteElement(json, option);
            }

            WriteDefault(json, option);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (OptionDescription option in Options.Where(o => o.Required)) json.WriteStringValue(option.Name);
        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    private static void WriteElement(Utf8JsonWriter json, OptionDescription option)
    {
        string type = option.Type.Kind switch
        {
            OptionKind.Boolean => "boolean",
            OptionKind.Integer => "integer",
            OptionKind.Number => "number",
            _ => "string",
        };
        if (option.Type.IsNullable)
        {
            json.WriteStartArray("type");
            json.WriteStringValue(type);
            json.WriteStringValue("null");
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("type", type);
        }

        if (option.Type.Kind == OptionKind.Choice)
        {
            json.WriteStartArray("enum");
            foreach (string choice in option.Type.Choices) json.WriteStringValue(choice);
            if (option.Type.IsNullable) json.WriteNullValue();
            json.WriteEndArray();
        }

        if (option.Minimum is { } minimum && double.IsFinite(minimum)) json.WriteNumber("minimum", minimum);
        if (option.Maximum is { } maximum && double.IsFinite(maximum)) json.WriteNumber("maximum", maximum);
    }

    private static void WriteDefault(Utf8JsonWriter json, OptionDescription option)
    {
        json.WritePropertyName("default");
        if (option.Default == OptionText.None && option.Type.IsNullable) json.WriteNullValue();
        else if (!option.Type.IsList && option.Type.Kind is OptionKind.Boolean) json.WriteBooleanValue(option.Default == "true");
        else if (!option.Type.IsList && option.Type.Kind is OptionKind.Integer or OptionKind.Number
            && decimal.TryParse(option.Default, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)) json.WriteNumberValue(number);
        else json.WriteStringValue(option.Default);
    }
}
