using System.Collections;
using System.Globalization;

namespace Pellucid.Host.Options;

/// <summary>Writes option values in the grammar, one text for one value.</summary>
internal static class OptionText
{
    public const string None = "none";

    public static string Of(object? value, OptionType type)
    {
        if (value is null) return type.IsList ? "[]" : None;
        if (!type.IsList) return OfOne(value, type);
        // A default ImmutableArray throws when enumerated; it stands for an empty list.
        if (value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType()))) return "[]";
        return $"[{string.Join(", ", ((IEnumerable)value).Cast<object>().Select(v => OfOne(v, type)))}]";
    }

    private static string OfOne(object value, OptionType type) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum => OptionNames.ToKebab(value.ToString()!),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        // Bare, it could be taken for nothing at all.
        string text => text == None ? "\"none\"" : SpecWriter.WriteText(text),
        ExplainerConfiguration nested => nested.Text,
        Abstractions.Explanations.IExplainer => "built in",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"no text for a {value.GetType().Name}", nameof(value)),
    };
}
