using System.Runtime.InteropServices;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>What CLIP's byte-level byte-pair encoding needs: the tokens with their ids, and the merges in order of rank.</summary>
internal sealed class ClipVocabulary
{
    /// <summary>Marks the last symbol of a word.</summary>
    public const string WordEnd = "</w>";

    /// <summary>The published start token.</summary>
    public const string StartToken = "<|startoftext|>";

    /// <summary>The published end token.</summary>
    public const string EndToken = "<|endoftext|>";

    // The published vocabulary: 49152 less the 2 x 256 byte symbols and the 2 special tokens. Both reference
    // implementations read no merges after these, though OpenAI's file has more lines.
    private const int MaxMerges = 49152 - 256 - 2;

    private ClipVocabulary(TokenTable tokens, Dictionary<long, Merge> merges)
    {
        Tokens = tokens;
        Merges = merges;
    }

    /// <summary>The tokens.</summary>
    public TokenTable Tokens { get; }

    /// <summary><see cref="PairKey"/> of two symbols to what they become.</summary>
    public Dictionary<long, Merge> Merges { get; }

    /// <summary>Key of an ordered pair of symbol ids.</summary>
    public static long PairKey(int left, int right) => ((long)left << 32) | (uint)right;

    /// <summary>From OpenAI's <c>bpe_simple_vocab_16e6.txt</c>: merges alone, from which all ids follow.</summary>
    public static ClipVocabulary FromOpenAi(byte[] text, string path)
    {
        string[] merges = [.. MergeLines(text, path)];
        var ids = new Dictionary<string, int>(merges.Length + 514, StringComparer.Ordinal);
        foreach (char c in ByteAlphabet.VocabularyOrder) ids.Add(c.ToString(), ids.Count);
        foreach (char c in ByteAlphabet.VocabularyOrder) ids.Add(c + WordEnd, ids.Count);
        for (int i = 0; i < merges.Length; i++)
        {
            int space = merges[i].IndexOf(' ');
            string merged = space < 0 ? merges[i] : string.Concat(merges[i].AsSpan(0, space), merges[i].AsSpan(space + 1));
            if (!ids.TryAdd(merged, ids.Count)) throw new PellucidException($"{path}, line {i + 2}: the merge \"{merges[i]}\" makes a token that exists already.");
        }

        ids.Add(StartToken, ids.Count);
        ids.Add(EndToken, ids.Count);
        return Create(ids, merges, path, path, firstLine: 2);
    }

    /// <summary>From the contents of Hugging Face's <c>vocab.json</c> and <c>merges.txt</c>, and the tokens added to them.</summary>
    public static ClipVocabulary FromHuggingFace(byte[] vocabulary, string vocabularyPath, byte[] merges, string mergesPath, IReadOnlyDictionary<string, int> added)
    {
        using JsonDocument document = TokenizerFiles.Json(vocabulary, vocabularyPath);
        Dictionary<string, int> ids = TokenizerFiles.Vocabulary(document.RootElement, vocabularyPath);
        foreach ((string token, int id) in added) ids[token] = id;
        return Create(ids, MergeLines(merges, mergesPath), vocabularyPath, mergesPath, firstLine: 2);
    }

    /// <summary>From the root of a <c>tokenizer.json</c>.</summary>
    public static ClipVocabulary FromTokenizerJson(JsonElement root, string path)
    {
        JsonElement model = root.GetProperty("model");
        if (!model.TryGetProperty("end_of_word_suffix", out JsonElement suffix) || suffix.ValueKind != JsonValueKind.String || suffix.GetString() != WordEnd)
            throw new PellucidException($"{path}: a BPE model without end_of_word_suffix \"{WordEnd}\" is not CLIP's; only CLIP's byte-pair encoding can be read.");
        if (!model.TryGetProperty("vocab", out JsonElement vocabulary) || !model.TryGetProperty("merges", out JsonElement merges) || merges.ValueKind != JsonValueKind.Array)
            throw new PellucidException($"{path}: the BPE model must have \"vocab\" and an array \"merges\".");
        Dictionary<string, int> ids = TokenizerFiles.Vocabulary(vocabulary, path);
        foreach ((string token, int id) in TokenizerJson.AddedTokens(root, path)) ids[token] = id;
        return Create(ids, merges.EnumerateArray().Select((m, i) => TokenizerJson.Merge(m, i, path)), path, path, firstLine: 1);
    }

    private static IEnumerable<string> MergeLines(byte[] text, string path)
    {
        string[] lines = TokenizerFiles.Lines(text, path, atMost: 1 + MaxMerges);
        if (lines.Length < 2) throw new PellucidException($"{path} holds no merges; expected a header line and then two symbols a line.");
        int end = lines.Length;
        while (end > 1 && string.IsNullOrWhiteSpace(lines[end - 1])) end--;
        return lines.Take(end).Skip(1);
    }

    private static ClipVocabulary Create(Dictionary<string, int> ids, IEnumerable<string> mergeLines, string vocabularyPath, string mergesPath, int firstLine)
    {
        var table = new TokenTable(ids, vocabularyPath);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = table.Lookup;
        var merges = new Dictionary<long, Merge>(ids.Count);
        Span<char> buffer = stackalloc char[256];
        int rank = 0;
        foreach (string line in mergeLines)
        {
            int space = line.IndexOf(' ');
            if (space <= 0 || space != line.LastIndexOf(' ') || space == line.Length - 1 || line.Length > buffer.Length)
                throw new PellucidException($"{mergesPath}, line {firstLine + rank}: \"{Shorten(line)}\" is not a merge; expected two symbols with a space between.");
            ReadOnlySpan<char> left = line.AsSpan(0, space);
            ReadOnlySpan<char> right = line.AsSpan(space + 1);
            left.CopyTo(buffer);
            right.CopyTo(buffer[space..]);
            ReadOnlySpan<char> merged = buffer[..(line.Length - 1)];
            if (!lookup.TryGetValue(left, out int leftId)) throw NotInVocabulary(left);
            if (!lookup.TryGetValue(right, out int rightId)) throw NotInVocabulary(right);
            if (!lookup.TryGetValue(merged, out int mergedId)) throw NotInVocabulary(merged);
            if (!merges.TryAdd(PairKey(leftId, rightId), new Merge(rank, mergedId)))
                throw new PellucidException($"{mergesPath}, line {firstLine + rank}: the merge \"{line}\" occurs twice.");
            rank++;

            PellucidException NotInVocabulary(ReadOnlySpan<char> symbol) =>
                new($"{mergesPath}, line {firstLine + rank}: the symbol \"{symbol}\" of the merge \"{line}\" is not in {vocabularyPath}; the two files do not belong together.");
        }

        return new ClipVocabulary(table, merges);
    }

    private static string Shorten(string line) => line.Length <= 60 ? line : line[..60] + "…";

    /// <summary>What two symbols become, and when: lower ranks first.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Merge(int Rank, int Id);
}
