using System.Collections.Immutable;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Host.Options;

/// <summary>Type of an option, as far as the grammar knows it.</summary>
public sealed class OptionType
{
    private static readonly Type[] Integers = [typeof(int), typeof(long), typeof(uint), typeof(ulong), typeof(short), typeof(byte)];
    private static readonly Type[] Numbers = [typeof(double), typeof(float)];
    private readonly Type _declared;

    private OptionType(Type declared, Type element, OptionKind kind, bool isList, bool isNullable)
    {
        _declared = declared;
        Element = element;
        Kind = kind;
        IsList = isList;
        IsNullable = isNullable;
        Choices = kind == OptionKind.Choice ? [.. Enum.GetNames(element).Select(OptionNames.ToKebab)] : [];
    }

    /// <summary>What it holds.</summary>
    public OptionKind Kind { get; }

    /// <summary>Whether it holds several.</summary>
    public bool IsList { get; }

    /// <summary>Whether <c>none</c> can be given.</summary>
    public bool IsNullable { get; }

    /// <summary>Names that can be given, for <see cref="OptionKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>Type of one element.</summary>
    internal Type Element { get; }

    /// <summary>The type of a property.</summary>
    /// <exception cref="PellucidException">The grammar has no values of that type.</exception>
    public static OptionType Of(Type declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        Type inner = Nullable.GetUnderlyingType(declared) ?? declared;
        bool isNullable = inner != declared || declared == typeof(IExplainer);
        Type element = ElementOf(inner) ?? inner;
        bool isList = element != inner;
        OptionKind? kind = element == typeof(bool) ? OptionKind.Boolean
            : Integers.Contains(element) ? OptionKind.Integer
            : Numbers.Contains(element) ? OptionKind.Number
            : element == typeof(string) ? OptionKind.Text
            : element.IsEnum ? OptionKind.Choice
            : element == typeof(IExplainer) ? OptionKind.Explainer
            : null;
        return kind is { } known && (!isList || inner == declared)
            ? new OptionType(declared, element, known, isList, isNullable && !isList)
            : throw new PellucidException($"an option of type {declared.Name} cannot be given; use bool, whole numbers, float, double, string, an enum, IExplainer, or a list of these");
    }

    /// <summary>A list of the declared type.</summary>
    internal object MakeList(IReadOnlyList<object> items)
    {
        Array array = Array.CreateInstance(Element, items.Count);
        for (int i = 0; i < items.Count; i++) array.SetValue(items[i], i);
        if (_declared.IsGenericType && _declared.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return typeof(ImmutableArray).GetMethods()
                .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(Element).Invoke(null, [array])!;
        }

        return array;
    }

    /// <summary>The type in words.</summary>
    public override string ToString()
    {
        string one = Kind switch
        {
            OptionKind.Boolean => "true or false",
            OptionKind.Integer => "whole number",
            OptionKind.Number => "number",
            OptionKind.Text => "text",
            OptionKind.Choice => string.Join(" | ", Choices),
            _ => "explainer",
        };
        return IsList ? $"list of {one}" : IsNullable ? one + " or none" : one;
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray && type.GetArrayRank() == 1) return type.GetElementType();
        if (!type.IsGenericType) return null;
        Type definition = type.GetGenericTypeDefinition();
        return definition == typeof(ImmutableArray<>) || definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>)
            || definition == typeof(IEnumerable<>) ? type.GetGenericArguments()[0] : null;
    }
}
