using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Plugins.MedClip;

/// <summary>
/// Marks the places behind a text as empty (<see cref="MedClipTextEncoder.Absent"/>) instead of filling them with [PAD], which MedCLIP
/// would average over: a text then has the embedding that it has alone, whatever else is in its batch.
/// </summary>
/// <param name="words">The WordPiece tokenizer.</param>
internal sealed class UnpaddedTokenizer(WordPieceTokenizer words) : IBatchTokenizer
{
    public string Kind => words.Kind + "/unpadded";

    public string ContentHash => words.ContentHash;

    public int ContextLength => words.ContextLength;

    public int VocabularySize => words.VocabularySize;

    public long StartId => words.StartId;

    public long EndId => words.EndId;

    public long PadId => MedClipTextEncoder.Absent;

    public TokenizedText Tokenize(string text)
    {
        TokenizedText tokens = words.Tokenize(text);
        long[] ids = [.. tokens.Ids];
        Array.Fill(ids, MedClipTextEncoder.Absent, tokens.Length, ids.Length - tokens.Length);
        return tokens with { Ids = ids };
    }

    /// <summary>[PAD] up to the longest text of the batch (<c>padding=True</c>).</summary>
    public HostTensor TokenizeBatch(IReadOnlyList<string> texts)
    {
        TokenizedText[] tokens = [.. texts.Select(words.Tokenize)];
        int longest = tokens.Max(t => t.Length);
        return HostTensor.Of([.. tokens.SelectMany(t => t.Ids.Take(longest))], tokens.Length, longest);
    }

    public string Decode(IReadOnlyList<long> ids) => words.Decode([.. ids.Where(id => id != MedClipTextEncoder.Absent)]);
}
