using System.Globalization;
using System.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Host.Options;

/// <summary>Turns the words of a specification into values of an option's type.</summary>
internal sealed class OptionValueReader
{
    private readonly string _source;
    private readonly Func<SpecCall, ExplainerConfiguration> _bindNested;

    public OptionValueReader(string source, Func<SpecCall, ExplainerConfiguration> bindNested)
    {
        _source = source;
        _bindNested = bindNested;
    }

    /// <summary>The value; null for none; for nested explainers their configurations, in lists too.</summary>
    public object? Read(OptionDescription option, SpecValue value)
    {
        if (option.Type.IsNullable && value is SpecWord { Text: OptionText.None }) return null;
        if (!option.Type.IsList) return ReadOne(option, value);
        if (value is not SpecList list) throw Wrong(option, value);
        return list.Items.Select(item => ReadOne(option, item)).ToArray();
    }

    private object ReadOne(OptionDescription option, SpecValue value) => (option.Type.Kind, value) switch
    {
        (OptionKind.Explainer, SpecCall call) => _bindNested(call),
        (OptionKind.Explainer, SpecWord word) => _bindNested(new SpecCall(word, [], word.Start, word.Length)),
        (OptionKind.Text, SpecWord word) => word.Text,
        (OptionKind.Text, SpecText text) => text.Text,
        (OptionKind.Boolean, SpecWord word) when bool.TryParse(word.Text, out bool flag) => flag,
        (OptionKind.Integer, SpecWord word) => ReadInteger(option, word),
        (OptionKind.Number, SpecWord word) => ReadNumber(option, word),
        (OptionKind.Choice, SpecWord word) => ReadChoice(option, word, word.Text),
        (OptionKind.Choice, SpecText text) => ReadChoice(option, text, text.Text),
        _ => throw Wrong(option, value),
    };

    private object ReadInteger(OptionDescription option, SpecWord word)
    {
        if (!BigInteger.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number))
            throw Wrong(option, word);
        try
        {
            Type type = option.Type.Element;
            return type == typeof(int) ? checked((int)number)
                : type == typeof(long) ? checked((long)number)
                : type == typeof(uint) ? checked((uint)number)
                : type == typeof(ulong) ? checked((ulong)number)
                : type == typeof(short) ? checked((short)number)
                : (object)checked((byte)number);
        }
        catch (OverflowException)
        {
            throw new SpecException(_source, word.Start, word.Length, $"{option.Name} cannot be {word.Text}: {option.Range ?? "the number is too large or too small"}");
        }
    }

    private object ReadNumber(OptionDescription option, SpecWord word)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(word.Text, Style, CultureInfo.InvariantCulture, out double number)) throw Wrong(option, word);
        bool isSingle = option.Type.Element == typeof(float);
        // Rounded once, from the text: by way of double some numbers would round twice.
        float single = isSingle ? float.Parse(word.Text, Style, CultureInfo.InvariantCulture) : 0;
        if (!double.IsFinite(number) || !float.IsFinite(single))
            throw new SpecException(_source, word.Start, word.Length, $"{option.Name} needs a finite number");
        return isSingle ? (object)single : number;
    }

    private object ReadChoice(OptionDescription option, SpecValue place, string name)
    {
        string? member = Enum.GetNames(option.Type.Element).FirstOrDefault(n => OptionNames.Match(n, name));
        return member is not null ? Enum.Parse(option.Type.Element, member)
            : throw new SpecException(_source, place.Start, place.Length,
                $"{option.Name} cannot be '{name}'; known: {string.Join(", ", option.Type.Choices)}{NearestNames.Suffix(name, option.Type.Choices)}");
    }

    private SpecException Wrong(OptionDescription option, SpecValue value) =>
        new(_source, value.Start, value.Length, $"{option.Name} needs {Article(option.Type.ToString())}{(option.Type.IsList ? " in brackets, such as [1, 2]" : string.Empty)}");

    private static string Article(string what) => what[0] is 't' && what.StartsWith("true", StringComparison.Ordinal) ? what
        : what[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " + what : "a " + what;
}
