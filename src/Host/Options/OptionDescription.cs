using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Pellucid.Host.Options;

/// <summary>One option: what can be given, what it is by default, what it means.</summary>
public sealed class OptionDescription
{
    internal OptionDescription(PropertyInfo property, object defaults)
    {
        Property = property;
        Name = OptionNames.ToKebab(property.Name);
        Type = OptionType.Of(property.PropertyType);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? string.Empty;
        Default = OptionText.Of(property.GetValue(defaults), Type);
        Rules = [.. property.GetCustomAttributes<ValidationAttribute>(inherit: true)];
        if (Rules.OfType<RangeAttribute>().FirstOrDefault() is { } range)
        {
            Minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            Maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
            Range = (range.MinimumIsExclusive ? "above " : "from ") + Bound(range.Minimum)
                + (range.MaximumIsExclusive ? " to below " : " to ") + Bound(range.Maximum);
        }
    }

    /// <summary>Name as users write it.</summary>
    public string Name { get; }

    /// <summary>Type.</summary>
    public OptionType Type { get; }

    /// <summary>Value when nothing is given, in the grammar; <c>none</c> for null.</summary>
    public string Default { get; }

    /// <summary>Allowed numbers in words, such as <c>from 1 to 1000</c>; null where all are.</summary>
    public string? Range { get; }

    /// <summary>Smallest number allowed, or null.</summary>
    public double? Minimum { get; }

    /// <summary>Largest number allowed, or null.</summary>
    public double? Maximum { get; }

    /// <summary>What it means; empty where the author did not say.</summary>
    public string Description { get; }

    /// <summary>Whether something must be given.</summary>
    public bool Required => Rules.OfType<RequiredAttribute>().Any() && Default == OptionText.None;

    internal PropertyInfo Property { get; }

    internal IReadOnlyList<ValidationAttribute> Rules { get; }

    private static string Bound(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;
}
