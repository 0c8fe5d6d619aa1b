using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>HTML 5 character references to characters, in the two readings that CLIP's text clean-up applies one after the other.</summary>
internal static class HtmlCharacterReferences
{
    private const int LongestName = 32;

    // The strict reading leaves longer names alone; with its semicolon.
    private const int LongestCompleteName = 25;

    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(() => EmbeddedText.Lines("HtmlEntities.txt")
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(
            parts => parts[0],
            parts => string.Concat(parts.Skip(1).Select(p => new Rune(int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())),
            StringComparer.Ordinal));

    /// <summary>
    /// The lenient reading of the HTML 5 rules: semicolons may be missing, and the longest known name at the start of
    /// an unknown one counts (<c>&amp;notit;</c> is <c>¬it;</c>).
    /// </summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('&')) return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '&' && (TryNumber(text, i, out string? value, out int end) || TryLenientName(text, i, out value, out end)))
            {
                result.Append(value);
                i = end;
            }
            else
            {
                result.Append(text[i++]);
            }
        }

        return result.ToString();
    }

    /// <summary>The strict reading: complete references alone, and also names whose capitals were all mistyped (<c>&amp;EACUTE;</c>).</summary>
    public static string UnescapeComplete(string text)
    {
        if (!text.Contains('&')) return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '&' && TryComplete(text, i, out string? value, out int end))
            {
                result.Append(value);
                i = end;
            }
            else
            {
                result.Append(text[i++]);
            }
        }

        return result.ToString();
    }

    private static bool TryComplete(string text, int start, out string? value, out int end)
    {
        value = null;
        end = start;
        int semicolon = text.IndexOf(';', start, Math.Min(text.Length - start, 27));
        if (semicolon < 0) return false;
        if (TryNumber(text, start, out string? number, out int numberEnd))
        {
            // "&#12ab;" is only partly a number, and a reference to the semicolon itself stays as it is.
            if (numberEnd != semicolon + 1 || number == ";") return false;
            (value, end) = (number, numberEnd);
            return true;
        }

        string name = text[(start + 1)..(semicolon + 1)];
        if (name.Length > LongestCompleteName) return false;
        if (!Names.Value.TryGetValue(name, out value) && !TryMiscapitalized(name, out value)) return false;
        end = semicolon + 1;
        return true;
    }

    private static bool TryMiscapitalized(string name, out string? value)
    {
        value = null;
        string lower = name.ToLowerInvariant();
        if (!string.Equals(name, name.ToUpperInvariant(), StringComparison.Ordinal)
            || !Names.Value.TryGetValue(lower, out string? character)
            || !string.Equals(Unescape("&" + name), "&" + name, StringComparison.Ordinal)) return false;
        value = character.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);
        return true;
    }

    private static bool TryLenientName(string text, int start, out string? value, out int end)
    {
        int stop = start + 1;
        while (stop < text.Length && stop - start <= LongestName && !"\t\n\f <&#;".Contains(text[stop])) stop++;
        (value, end) = (null, start);
        if (stop == start + 1) return false;
        if (stop < text.Length && text[stop] == ';') stop++;
        string name = text[(start + 1)..stop];
        for (int length = name.Length; length > 1; length--)
        {
            if (!Names.Value.TryGetValue(name[..length], out value)) continue;
            end = start + 1 + length;
            return true;
        }

        return false;
    }

    private static bool TryNumber(string text, int start, out string? value, out int end)
    {
        (value, end) = (null, start);
        int digits = start + 2;
        if (digits >= text.Length || text[start + 1] != '#') return false;
        int radix = text[digits] is 'x' or 'X' ? 16 : 10;
        if (radix == 16) digits++;
        int code = 0;
        int at = digits;
        for (; at < text.Length && (radix == 16 ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])); at++)
        {
            // Once past the last code point the exact number no longer matters.
            if (code <= 0x10FFFF) code = (code * radix) + Convert.ToInt32(text[at].ToString(), 16);
        }

        if (at == digits) return false;
        if (at < text.Length && text[at] == ';') at++;
        (value, end) = (FromNumber(code), at);
        return true;
    }

    private static string FromNumber(int code) => code switch
    {
        0 or (>= 0xD800 and <= 0xDFFF) or > 0x10FFFF => "\uFFFD",
        '\r' => "\r",
        >= 0x80 and <= 0x9F => Windows1252.ToCharacter((byte)code).ToString(),
        (>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) => "",
        _ when (code & 0xFFFE) == 0xFFFE => "",
        _ => new Rune(code).ToString(),
    };
}
