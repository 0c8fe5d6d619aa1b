using System.Runtime.InteropServices;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Collects a text's tokens and words and puts the sequence together: start, tokens, end, padding; truncated to the context.</summary>
internal sealed class TokenSequence
{
    /// <summary>More characters than any context can use; beyond it a text is a mistake or an attack.</summary>
    public const int MaxCharacters = 100_000;

    private readonly List<Entry> _entries = [];
    private readonly List<(int Start, int End)> _words = [];

    /// <summary>Refuses a text that no tokenizer takes.</summary>
    public static void RequireReasonable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxCharacters)
            throw new PellucidException($"The text has {text.Length} characters; a tokenizer takes at most {MaxCharacters}. Shorten it: only its first words can be seen by the model anyway.");
    }

    /// <summary>Refuses a context that cannot hold a text.</summary>
    public static int RequireReasonable(int contextLength) => contextLength is >= 3 and <= 1 << 20
        ? contextLength
        : throw new PellucidException($"A context length of {contextLength} tokens is not possible; it must be between 3 and {1 << 20}.");

    /// <summary>Begins a word; the tokens added next belong to it.</summary>
    public void BeginWord(int start, int length) => _words.Add((start, start + length));

    /// <summary>Lengthens the word begun last.</summary>
    public void ExtendWord(int end) => _words[^1] = (_words[^1].Start, end);

    /// <summary>Adds a token to the word begun last.</summary>
    public void Add(int id, int start, int length, bool isSpecial) => _entries.Add(new Entry(id, start, length, isSpecial, _words.Count - 1));

    /// <summary>The finished sequence.</summary>
    /// <param name="text">The cleaned text that the spans index into.</param>
    /// <param name="tokenizer">Gives the ids of start, end and padding, and the context length.</param>
    /// <param name="spelling">The vocabulary's spelling of an id.</param>
    public TokenizedText Build(string text, ITokenizer tokenizer, Func<long, string> spelling)
    {
        int kept = Math.Min(_entries.Count, tokenizer.ContextLength - 2);
        var tokens = new List<TextToken>(kept + 2) { new(tokenizer.StartId, spelling(tokenizer.StartId), 0, 0, 0, IsSpecial: true) };
        var words = new List<TextWord>();
        for (int i = 0; i < kept; i++)
        {
            Entry entry = _entries[i];
            tokens.Add(new TextToken(entry.Id, spelling(entry.Id), i + 1, entry.Start, entry.Length, entry.IsSpecial));
            if (i > 0 && _entries[i - 1].Word == entry.Word)
            {
                words[^1] = words[^1] with { TokenCount = words[^1].TokenCount + 1 };
            }
            else
            {
                (int start, int end) = _words[entry.Word];
                words.Add(new TextWord(text[start..end], i + 1, 1));
            }
        }

        int endPlace = kept == 0 ? 0 : tokens[^1].Start + tokens[^1].Length;
        tokens.Add(new TextToken(tokenizer.EndId, spelling(tokenizer.EndId), kept + 1, endPlace, 0, IsSpecial: true));
        long[] ids = new long[tokenizer.ContextLength];
        Array.Fill(ids, tokenizer.PadId);
        for (int i = 0; i < tokens.Count; i++) ids[i] = tokens[i].Id;
        return new TokenizedText(text, ids, tokens.Count, tokens, words, kept < _entries.Count, _entries.Count + 2);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Id, int Start, int Length, bool IsSpecial, int Word);
}
