using System.ComponentModel.DataAnnotations;

namespace Pellucid.Host.Options;

/// <summary>Checks values against the data annotations of their options.</summary>
internal static class OptionRules
{
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

    private static bool Holds(RangeAttribute range, object? number)
    {
        try
        {
            return range.IsValid(number);
        }
        catch (OverflowException)
        {
            // The bounds have a narrower type than the option, and the number lies outside even of that.
            return false;
        }
    }

    private static OptionType Single(OptionDescription option) => OptionType.Of(option.Type.Element);
}
