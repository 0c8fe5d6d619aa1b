using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// The text clean-up CLIP's tokenizers begin with. It stands in for <c>ftfy.fix_text</c> (version 6, default settings),
/// the Python library both reference tokenizers call, and does, until nothing changes any more, line by line:
/// complete HTML references to characters (unless the text contains <c>&lt;</c>); UTF-8 that was read as Windows-1252 or
/// Latin-1; C1 controls to the Windows-1252 characters they were meant as; Latin ligatures to letters; full- and half-width
/// forms to ordinary ones; curly quotation marks to straight ones; every line break to a line feed; lone surrogates to
/// U+FFFD; terminal escapes and control characters removed; normalization form C.
/// <para>
/// Known difference: ftfy also undoes misreadings as other single-byte encodings (Windows-1250, -1251, -1253, -1254, -1257,
/// ISO 8859-2, MacRoman, code page 437) and sequences that lost a no-break space; here such text stays as it is.
/// </para>
/// </summary>
public static class TextCleanup
{
    // Honest text settles in two rounds; a text escaped thousands of times over must not cost thousands.
    private const int MaxRounds = 100;

    /// <summary>The clean-up of the class summary. Plain text comes back unchanged.</summary>
    /// <param name="text">Any text.</param>
    public static string Fix(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        bool unescape = true;
        for (int start = 0; start < text.Length;)
        {
            int lineFeed = text.IndexOf('\n', start);
            int end = lineFeed < 0 ? text.Length : lineFeed + 1;
            string line = text[start..end];
            // From the first sign of markup on, references are part of it.
            unescape &= !line.Contains('<');
            result.Append(FixLine(line, unescape));
            start = end;
        }

        return result.ToString();
    }

    /// <summary>Every run of white space to one space, none at the ends.</summary>
    /// <param name="text">Any text.</param>
    public static string CollapseWhitespace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c)) result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
        }

        if (result.Length > 0 && result[^1] == ' ') result.Length--;
        return result.ToString();
    }

    /// <summary>
    /// What OpenAI's CLIP and open_clip do to a text before they tokenize it: <see cref="Fix"/>, HTML references resolved
    /// twice (the lenient HTML 5 rules, so <c>&amp;amp;amp;</c> becomes <c>&amp;</c>), <see cref="CollapseWhitespace"/>.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string FixAndUnescape(string text) =>
        CollapseWhitespace(HtmlCharacterReferences.Unescape(HtmlCharacterReferences.Unescape(Fix(text))));

    private static string FixLine(string line, bool unescape)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            string fixedLine = unescape ? HtmlCharacterReferences.UnescapeComplete(line) : line;
            fixedLine = MojibakeRepair.Repair(fixedLine);
            fixedLine = ReplaceCharacters(fixedLine);
            fixedLine = RemoveTerminalEscapes(fixedLine);
            fixedLine = RemoveControls(fixedLine);
            fixedLine = UnicodeNormalizer.ToFormC(fixedLine);
            if (string.Equals(fixedLine, line, StringComparison.Ordinal)) return line;
            line = fixedLine;
        }

        return line;
    }

    private static string ReplaceCharacters(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            // C1 controls first: U+0085 is an ellipsis that was misread, not a line break.
            if (c is >= '\u0080' and <= '\u009F') c = Windows1252.ToCharacter((byte)c);
            if (c is '\u2028' or '\u2029' or '\u0085') result.Append('\n');
            else if (c == '\r')
            {
                result.Append('\n');
                if (i + 1 < text.Length && text[i + 1] == '\n') i++;
            }
            else if (Ligature(c) is { } letters) result.Append(letters);
            else if (c == '\u3000' || c is >= '\uFF01' and <= '\uFFEF')
            {
                if (UnicodeTables.Instance.Widths.TryGetValue(c, out string? ordinary)) result.Append(ordinary);
                else result.Append(c);
            }
            else if (c is '\u02BC' or (>= '\u2018' and <= '\u201B')) result.Append('\'');
            else if (c is >= '\u201C' and <= '\u201F') result.Append('"');
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) result.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c)) result.Append('\uFFFD');
            else result.Append(c);
        }

        return result.ToString();
    }

    private static string? Ligature(char c) => c switch
    {
        '\u0132' => "IJ",
        '\u0133' => "ij",
        '\u0149' => "'n",
        '\u01F1' => "DZ",
        '\u01F2' => "Dz",
        '\u01F3' => "dz",
        '\u01C4' => "D\u017D",
        '\u01C5' => "D\u017E",
        '\u01C6' => "d\u017E",
        '\u01C7' => "LJ",
        '\u01C8' => "Lj",
        '\u01C9' => "lj",
        '\u01CA' => "NJ",
        '\u01CB' => "Nj",
        '\u01CC' => "nj",
        '\uFB00' => "ff",
        '\uFB01' => "fi",
        '\uFB02' => "fl",
        '\uFB03' => "ffi",
        '\uFB04' => "ffl",
        '\uFB05' => "\u017Ft",
        '\uFB06' => "st",
        _ => null,
    };

    /// <summary>Removes sequences such as ESC [ 36 ; 44 m.</summary>
    private static string RemoveTerminalEscapes(string text)
    {
        if (!text.Contains('\u001B')) return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001B' && i + 1 < text.Length && text[i + 1] == '[')
            {
                int end = i + 2;
                while (end < text.Length && (char.IsDigit(text[end]) || text[end] == ';')) end++;
                if (end < text.Length && char.IsAsciiLetter(text[end]))
                {
                    i = end;
                    continue;
                }
            }

            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static string RemoveControls(string text)
    {
        if (!text.Any(IsRemovedControl)) return text;
        return string.Concat(text.Where(c => !IsRemovedControl(c)));
    }

    private static bool IsRemovedControl(char c) =>
        c is <= '\u0008' or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or (>= '\u206A' and <= '\u206F') or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFC');
}
