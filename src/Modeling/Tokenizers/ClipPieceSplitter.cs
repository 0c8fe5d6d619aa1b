using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// CLIP's split of a cleaned, lower-cased text into the pieces that are encoded one by one. It does what the published
/// regular expression does, by Unicode code points (.NET's expressions see UTF-16 halves): special tokens | 's 't 're 've
/// 'm 'll 'd | letters | one number character | anything else that is not white space.
/// </summary>
internal static class ClipPieceSplitter
{
    private static readonly string[] Contractions = ["s", "t", "re", "ve", "m", "ll", "d", "\u017F"];

    /// <summary>The pieces in order.</summary>
    /// <param name="text">Cleaned text.</param>
    public static List<Piece> Split(ReadOnlySpan<char> text)
    {
        var pieces = new List<Piece>();
        for (int i = 0; i < text.Length;)
        {
            ReadOnlySpan<char> rest = text[i..];
            Rune.DecodeFromUtf16(rest, out Rune rune, out int length);
            if (IsBetweenPieces(rune))
            {
                i += length;
                continue;
            }

            PieceKind kind = KindOf(rune);
            if (SpecialLength(rest) is > 0 and var special) (kind, length) = (PieceKind.Special, special);
            else if (ContractionLength(rest) is > 0 and var contraction) (kind, length) = (PieceKind.Letters, contraction);
            else if (kind != PieceKind.Number) length = RunLength(rest, kind);
            if (kind == PieceKind.Other && AllMarks(rest[..length])) kind = PieceKind.Marks;
            pieces.Add(new Piece(i, length, kind));
            i += length;
        }

        return pieces;
    }

    private static int SpecialLength(ReadOnlySpan<char> rest) =>
        rest.StartsWith(ClipVocabulary.StartToken, StringComparison.Ordinal) ? ClipVocabulary.StartToken.Length
        : rest.StartsWith(ClipVocabulary.EndToken, StringComparison.Ordinal) ? ClipVocabulary.EndToken.Length
        : 0;

    private static int ContractionLength(ReadOnlySpan<char> rest)
    {
        if (rest[0] != '\'') return 0;
        foreach (string ending in Contractions)
        {
            if (rest[1..].StartsWith(ending, StringComparison.Ordinal)) return 1 + ending.Length;
        }

        return 0;
    }

    private static int RunLength(ReadOnlySpan<char> rest, PieceKind kind)
    {
        int end = 0;
        while (end < rest.Length)
        {
            Rune.DecodeFromUtf16(rest[end..], out Rune rune, out int length);
            if (IsBetweenPieces(rune) || KindOf(rune) != kind) break;
            end += length;
        }

        return end;
    }

    private static bool AllMarks(ReadOnlySpan<char> piece)
    {
        foreach (Rune rune in piece.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)) return false;
        }

        return true;
    }

    /// <summary>White space, and U+0345: the expression ignores case, the mark's upper case is a letter, and so no alternative matches it.</summary>
    private static bool IsBetweenPieces(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value == 0x345;

    private static PieceKind KindOf(Rune rune) => Rune.IsLetter(rune) ? PieceKind.Letters : Rune.IsNumber(rune) ? PieceKind.Number : PieceKind.Other;

    /// <summary>What a piece consists of; a word of a report may join several.</summary>
    internal enum PieceKind
    {
        /// <summary>Letters, or the ending of a contraction.</summary>
        Letters,

        /// <summary>One number character.</summary>
        Number,

        /// <summary>Combining marks alone, which belong to the letters before them.</summary>
        Marks,

        /// <summary>Punctuation, symbols, emoji.</summary>
        Other,

        /// <summary>A special token written out in the text.</summary>
        Special,
    }

    /// <summary>A span of the text.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Piece(int Start, int Length, PieceKind Kind)
    {
        /// <summary>
        /// Whether a person reads the piece as part of the word before it: no white space between, and both letters, digits or
        /// marks. The encoder splits "don't" and "100" where nobody would.
        /// </summary>
        public bool Continues(Piece previous) =>
            previous.Length > 0 && previous.Start + previous.Length == Start && IsPartOfWord(Kind) && IsPartOfWord(previous.Kind);

        private static bool IsPartOfWord(PieceKind kind) => kind is PieceKind.Letters or PieceKind.Number or PieceKind.Marks;
    }
}
