using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Pellucid.TestKit;

/// <summary>Options records: users see them in help and forms, so each option needs words and limits.</summary>
internal static class OptionChecks
{
    private static readonly Type[] Numbers =
        [typeof(int), typeof(long), typeof(uint), typeof(ulong), typeof(short), typeof(byte), typeof(float), typeof(double)];

    public static string? Check(Type optionsType)
    {
        if (optionsType.GetConstructor(Type.EmptyTypes) is null) return $"{optionsType.Name} has no public constructor without parameters";
        object defaults = Activator.CreateInstance(optionsType)!;
        if (!defaults.Equals(Activator.CreateInstance(optionsType))) return $"two {optionsType.Name} with defaults are not equal; make it a record";
        List<string> faults = [];
        foreach (PropertyInfo property in optionsType.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
        {
            if (property.GetCustomAttribute<DescriptionAttribute>() is not { Description.Length: > 0 }) faults.Add($"{property.Name} has no [Description]");
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (Numbers.Contains(type) && property.GetCustomAttribute<RangeAttribute>() is null) faults.Add($"the number {property.Name} has no [Range]");
        }

        // What must be given has no default that could be right.
        string[] required = [.. optionsType.GetProperties().Where(p => p.GetCustomAttribute<RequiredAttribute>() is not null && p.GetValue(defaults) is null).Select(p => p.Name)];
        List<ValidationResult> results = [];
        if (!Validator.TryValidateObject(defaults, new ValidationContext(defaults), results, validateAllProperties: true))
            faults.AddRange(results.Where(r => !r.MemberNames.Any(required.Contains)).Select(r => $"by default, {r.ErrorMessage}"));
        return faults.Count == 0 ? null : string.Join("; ", faults);
    }
}
