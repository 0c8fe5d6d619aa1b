using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Pellucid.Host.Options;

/// <summary>Checks values against the data annotations of their options.</summary>
internal static class OptionRules
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>What is wrong with a value, or null. A range on a list holds for each item.</summary>
    public static string? Violation(OptionDescription option, object? value)
    {
        foreach (ValidationAttribute rule in option.Rules)
        {
            if (rule is RangeAttribute range)
            {
                IReadOnlyList<object?> numbers = value is object[] items ? items : new object?[] { value };
                foreach (object? number in numbers)
                {
                    if (!Holds(range, number)) return $"{option.Name} cannot be {OptionText.Of(number, Single(option))}: {option.Range} is allowed";
                }
            }
            else if (value is not ExplainerConfiguration && !rule.IsValid(value))
            {
                return rule.FormatErrorMessage(option.Name).TrimEnd('.');
            }
        }

        return null;
    }

    /// <summary>
    /// Not the attribute's own check: that turns the value into the type of the bounds, and 1.4 is then within Range(0, 1).
    /// </summary>
    private static bool Holds(RangeAttribute range, object? number) => number switch
    {
        null => true,
        // Bounds are rounded as the value was, else 0.7 would lie below 0.7.
        float single => Holds(range, single, Convert.ToSingle(range.Minimum, Culture), Convert.ToSingle(range.Maximum, Culture)),
        _ => Holds(range, Convert.ToDouble(number, Culture), Convert.ToDouble(range.Minimum, Culture), Convert.ToDouble(range.Maximum, Culture)),
    };

    private static bool Holds(RangeAttribute range, double number, double minimum, double maximum) =>
        (range.MinimumIsExclusive ? number > minimum : number >= minimum) && (range.MaximumIsExclusive ? number < maximum : number <= maximum);

    private static OptionType Single(OptionDescription option) => OptionType.Of(option.Type.Element);
}
