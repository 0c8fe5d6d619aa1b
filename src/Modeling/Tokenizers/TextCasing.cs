using System.Globalization;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Lower-casing with Unicode's full mappings, which the reference tokenizers use and .NET's simple ones miss in two places.</summary>
internal static class TextCasing
{
    /// <summary>Lower case; U+0130 becomes <c>i</c> with a dot above.</summary>
    /// <param name="text">Any text without lone surrogates.</param>
    /// <param name="finalSigma">Whether a capital sigma that ends a word becomes the final form, as when whole texts are lowered at once.</param>
    public static string ToLower(string text, bool finalSigma)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            Rune rune = Rune.GetRuneAt(text, i);
            if (rune.Value == 0x130) result.Append("i\u0307");
            else if (rune.Value == 0x3A3 && finalSigma && IsFinal(text, i)) result.Append('\u03C2');
            else result.Append(Rune.ToLowerInvariant(rune));
            i += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }

    /// <summary>Unicode's Final_Sigma: a cased letter before and none after, characters without case of their own skipped.</summary>
    private static bool IsFinal(string text, int sigma)
    {
        bool before = false;
        for (ReadOnlySpan<char> rest = text.AsSpan(0, sigma); !rest.IsEmpty;)
        {
            Rune.DecodeLastFromUtf16(rest, out Rune rune, out int length);
            if (!IsCaseIgnorable(rune))
            {
                before = IsCased(rune);
                break;
            }

            rest = rest[..^length];
        }

        bool after = false;
        for (ReadOnlySpan<char> rest = text.AsSpan(sigma + 1); before && !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf16(rest, out Rune rune, out int length);
            if (!IsCaseIgnorable(rune))
            {
                after = IsCased(rune);
                break;
            }

            rest = rest[length..];
        }

        return before && !after;
    }

    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9);

    private static bool IsCaseIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027
            or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;
}
