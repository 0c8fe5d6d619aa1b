using System.Globalization;
using System.Text;

namespace Pellucid.Host.Options;

/// <summary>
/// Reads explainer specifications:
/// <code>
/// spec     = name [ "(" [ option { "," option } [ "," ] ] ")" ]
/// option   = name "=" value
/// value    = spec | word | text | "[" [ value { "," value } [ "," ] ] "]"
/// word     = characters other than white space and , ( ) [ ] = " '
/// text     = quoted with " or ', with \" \' \\ \n \t \uXXXX inside
/// </code>
/// What a word means (a number, true, the name of a choice, a text) is decided by the option it is given to.
/// </summary>
public sealed class SpecParser
{
    private const int LongestSpec = 16384;
    private const int DeepestNesting = 32;
    private readonly string _source;
    private int _at;
    private int _depth;

    private SpecParser(string source) => _source = source;

    /// <summary>Reads a specification.</summary>
    /// <exception cref="SpecException">It breaks the grammar.</exception>
    public static SpecCall Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > LongestSpec)
            throw new SpecException(source, LongestSpec, 1, $"an explainer may have {LongestSpec} characters at most");
        SpecParser parser = new(source);
        parser.SkipSpace();
        SpecCall call = parser.ReadCall(parser.ReadWord("the id of an explainer"));
        parser.SkipSpace();
        return parser._at == source.Length ? call : throw parser.Unexpected("the end");
    }

    private SpecCall ReadCall(SpecWord name)
    {
        SkipSpace();
        if (!Take('(')) return new SpecCall(name, [], name.Start, name.Length);
        Enter();
        List<SpecArgument> arguments = [];
        for (SkipSpace(); !Take(')'); SkipSpace())
        {
            SpecWord option = ReadWord("the name of an option");
            SkipSpace();
            if (!Take('=')) throw Unexpected($"'=' after '{option.Text}'");
            SkipSpace();
            arguments.Add(new SpecArgument(option, ReadValue()));
            SkipSpace();
            if (!Take(',') && Peek() != ')') throw Unexpected("',' or ')'");
        }

        _depth--;
        return new SpecCall(name, arguments, name.Start, _at - name.Start);
    }

    private SpecValue ReadValue()
    {
        int start = _at;
        if (Peek() is '"' or '\'') return ReadText();
        if (Take('[')) return ReadList(start);
        SpecWord word = ReadWord("a value");
        int end = _at;
        SkipSpace();
        if (Peek() == '(') return ReadCall(word);
        _at = end;
        return word;
    }

    private SpecList ReadList(int start)
    {
        Enter();
        List<SpecValue> items = [];
        for (SkipSpace(); !Take(']'); SkipSpace())
        {
            items.Add(ReadValue());
            SkipSpace();
            if (!Take(',') && Peek() != ']') throw Unexpected("',' or ']'");
        }

        _depth--;
        return new SpecList(items, start, _at - start);
    }

    private SpecWord ReadWord(string what)
    {
        int start = _at;
        while (_at < _source.Length && SpecWriter.IsWordCharacter(_source[_at])) _at++;
        return _at > start ? new SpecWord(_source[start.._at], start, _at - start) : throw Unexpected(what);
    }

    private SpecText ReadText()
    {
        int start = _at;
        char quote = _source[_at++];
        StringBuilder text = new();
        while (_at < _source.Length)
        {
            char c = _source[_at++];
            if (c == quote) return new SpecText(text.ToString(), start, _at - start);
            text.Append(c == '\\' ? ReadEscape() : c);
        }

        throw new SpecException(_source, start, _source.Length - start, "this text has no closing quote");
    }

    private char ReadEscape()
    {
        int start = _at - 1;
        char c = _at < _source.Length ? _source[_at++] : '\0';
        switch (c)
        {
            case '"' or '\'' or '\\': return c;
            case 'n': return '\n';
            case 't': return '\t';
            case 'u' when _at + 4 <= _source.Length
                    && ushort.TryParse(_source.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default:
                throw new SpecException(_source, start, Math.Min(2, _source.Length - start),
                    "after a backslash, one of \" ' \\ n t or u with four hexadecimal digits is needed");
        }
    }

    private void Enter()
    {
        if (++_depth > DeepestNesting) throw new SpecException(_source, _at - 1, 1, $"nesting is deeper than {DeepestNesting}");
    }

    private void SkipSpace()
    {
        while (_at < _source.Length && char.IsWhiteSpace(_source[_at])) _at++;
    }

    private char Peek() => _at < _source.Length ? _source[_at] : '\0';

    private bool Take(char c)
    {
        // The end of the text peeks as a zero, which is no character of the grammar.
        if (Peek() != c) return false;
        _at++;
        return true;
    }

    private SpecException Unexpected(string expected) => _at < _source.Length
        ? new SpecException(_source, _at, 1, $"expected {expected}, found '{_source[_at]}'")
        : new SpecException(_source, _at, 1, $"expected {expected}, but the text ends");
}
