using System.Globalization;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>BERT's "basic tokenizer": control characters dropped, case and accents folded, and the text cut at white space, ideographs and punctuation.</summary>
internal sealed class BertWordSplitter
{
    private readonly bool _lowerCase;
    private readonly bool _stripAccents;
    private readonly bool _splitIdeographs;

    /// <summary>Makes the splitter.</summary>
    public BertWordSplitter(WordPieceOptions options)
    {
        _lowerCase = options.LowerCase;
        _stripAccents = options.StripAccents ?? options.LowerCase;
        _splitIdeographs = options.SplitIdeographs;
    }

    /// <summary>The cleaned text, and the spans of its words.</summary>
    public (string Text, List<(int Start, int Length)> Words) Split(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        var words = new List<(int Start, int Length)>();
        var run = new StringBuilder();
        bool spaceDue = false;
        foreach (Rune rune in WithoutControls(text))
        {
            bool isSpace = Rune.IsWhiteSpace(rune);
            bool alone = !isSpace && _splitIdeographs && IsIdeograph(rune.Value);
            if (isSpace || alone) Flush();
            spaceDue |= isSpace;
            if (isSpace) continue;
            run.Append(rune);
            if (alone) Flush();
        }

        Flush();
        return (cleaned.ToString(), words);

        void Flush()
        {
            if (run.Length == 0) return;
            string folded = _lowerCase ? TextCasing.ToLower(run.ToString(), finalSigma: false) : run.ToString();
            if (_stripAccents) folded = WithoutAccents(folded);
            run.Clear();
            if (folded.Length == 0) return;
            if (spaceDue && cleaned.Length > 0) cleaned.Append(' ');
            spaceDue = false;
            AddWords(folded, cleaned.Length, words);
            cleaned.Append(folded);
        }
    }

    private static IEnumerable<Rune> WithoutControls(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                // A lone surrogate is of category Cs, dropped like the other controls.
                i++;
                continue;
            }

            i += rune.Utf16SequenceLength;
            if (rune.Value is '\t' or '\n' or '\r' || !IsControl(rune)) yield return rune;
        }
    }

    private static bool IsControl(Rune rune) => rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    private static string WithoutAccents(string text) => Ascii.IsValid(text)
        ? text
        : string.Concat(UnicodeNormalizer.ToFormD(text).EnumerateRunes()
            .Where(r => Rune.GetUnicodeCategory(r) != UnicodeCategory.NonSpacingMark)
            .Select(r => r.ToString()));

    /// <summary>Every punctuation character is a word of its own.</summary>
    private static void AddWords(string text, int offset, List<(int Start, int Length)> words)
    {
        int start = 0;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int end = at + rune.Utf16SequenceLength;
            if (IsPunctuation(rune))
            {
                if (at > start) words.Add((offset + start, at - start));
                words.Add((offset + at, end - at));
                start = end;
            }

            at = end;
        }

        if (at > start) words.Add((offset + start, at - start));
    }

    /// <summary>All of ASCII that is neither letter, digit, space nor control, and category P.</summary>
    private static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value is > ' ' and < 0x7F && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    private static bool IsIdeograph(int code) => code is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
