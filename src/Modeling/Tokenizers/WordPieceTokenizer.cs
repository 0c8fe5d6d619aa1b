using System.Text;
using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// BERT's WordPiece, cased or uncased, id for id as Hugging Face's slow <c>BertTokenizer</c>: special tokens cut out, the
/// text cleaned and split into words and punctuation, each word spelled by the longest pieces of the vocabulary from left to
/// right (<c>##</c> marks a piece that continues a word), or <c>[UNK]</c> where that fails or the word has more than 100
/// characters. Safe for many threads.
/// </summary>
public sealed class WordPieceTokenizer : ITokenizer
{
    private const string Continuation = "##";
    private const int LongestWord = 100;

    private readonly TokenTable _tokens;
    private readonly SpecialTokenSplitter _specials;
    private readonly BertWordSplitter _words;
    private readonly int _unknownId;
    private readonly int _longestToken;

    private WordPieceTokenizer(Dictionary<string, int> ids, WordPieceOptions options, string source, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(options);
        _tokens = new TokenTable(ids, source);
        _longestToken = ids.Keys.Max(t => t.Length);
        Options = options;
        StartId = _tokens.Required(options.StartToken, "start", source);
        EndId = _tokens.Required(options.EndToken, "end", source);
        PadId = _tokens.Required(options.PadToken, "padding", source);
        _unknownId = _tokens.Required(options.UnknownToken, "unknown", source);
        ContextLength = TokenSequence.RequireReasonable(options.ContextLength);
        string[] specials = [options.UnknownToken, options.EndToken, options.PadToken, options.StartToken, options.MaskToken, .. options.FurtherTokens];
        _specials = new SpecialTokenSplitter(specials.Where(ids.ContainsKey));
        _words = new BertWordSplitter(options);
        string settings = $"{Kind}|{ContextLength}|{options.SplitIdeographs}|{StartId}|{EndId}|{PadId}|{_unknownId}|{_specials.Description}";
        ContentHash = ContentHashing.Hash(settings, file);
    }

    /// <inheritdoc/>
    public string Kind =>
        "bert-wordpiece/" + (Options.LowerCase ? "uncased" : "cased")
        + (Options.StripAccents is { } strip && strip != Options.LowerCase ? (strip ? "-unaccented" : "-accented") : "");

    /// <summary>The settings.</summary>
    public WordPieceOptions Options { get; }

    /// <inheritdoc/>
    public string ContentHash { get; }

    /// <inheritdoc/>
    public int ContextLength { get; }

    /// <inheritdoc/>
    public int VocabularySize => _tokens.Size;

    /// <inheritdoc/>
    public long StartId { get; }

    /// <inheritdoc/>
    public long EndId { get; }

    /// <inheritdoc/>
    public long PadId { get; }

    /// <summary>Reads a <c>vocab.txt</c>: one token a line, the line's number from 0 its id; of equal lines the last counts, as in the reference.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="PellucidException">The file cannot be read, or a special token is not in it.</exception>
    public static WordPieceTokenizer FromVocabulary(string path, WordPieceOptions options) => FromVocabulary(path, options, []);

    /// <summary>
    /// Reads a Hugging Face folder: <c>vocab.txt</c>, with the settings of <c>tokenizer_config.json</c>,
    /// <c>special_tokens_map.json</c> and <c>added_tokens.json</c> where they exist.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="contextLength">Length of a sequence; by default <c>model_max_length</c> of the settings, else 512.</param>
    /// <param name="lowerCase">Overrides <c>do_lower_case</c> of the settings, whose default is true.</param>
    /// <exception cref="PellucidException">A file is missing or corrupt, or asks for something else than BERT's tokenizer does.</exception>
    public static WordPieceTokenizer FromHuggingFace(string folder, int? contextLength = null, bool? lowerCase = null)
    {
        TokenizerConfiguration configuration = TokenizerConfiguration.Read(folder);
        if (configuration.Switch("do_basic_tokenize") == false)
            throw new PellucidException($"The tokenizer settings in {folder} turn off do_basic_tokenize; WordPiece without the split into words is not supported.");
        WordPieceOptions options = OptionsOf(configuration, contextLength) with
        {
            LowerCase = lowerCase ?? configuration.Switch("do_lower_case") ?? true,
            StripAccents = configuration.Switch("strip_accents"),
            SplitIdeographs = configuration.Switch("tokenize_chinese_chars") ?? true,
        };
        return FromVocabulary(Path.Combine(folder, "vocab.txt"), options, configuration.AddedTokens);
    }

    /// <summary>Reads Hugging Face's single-file form, <c>tokenizer.json</c> with a WordPiece model.</summary>
    /// <param name="path">The file; settings are looked for beside it.</param>
    /// <param name="contextLength">Length of a sequence; by default <c>model_max_length</c> of the settings, else 512.</param>
    /// <exception cref="PellucidException">The file cannot be read or is not BERT's.</exception>
    public static WordPieceTokenizer FromTokenizerJson(string path, int? contextLength = null)
    {
        byte[] file = TokenizerFiles.ReadBytes(path);
        TokenizerConfiguration configuration = TokenizerConfiguration.Read(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using JsonDocument document = TokenizerFiles.Json(file, path);
        JsonElement root = document.RootElement;
        string type = TokenizerJson.ModelType(root, path);
        if (type != "WordPiece" || !root.GetProperty("model").TryGetProperty("vocab", out JsonElement vocabulary))
            throw new PellucidException($"{path} holds a model of type {type}; BERT's is WordPiece with a \"vocab\".");
        if (!root.TryGetProperty("normalizer", out JsonElement normalizer) || normalizer.ValueKind != JsonValueKind.Object
            || !normalizer.TryGetProperty("type", out JsonElement normalizerType) || normalizerType.ValueKind != JsonValueKind.String || normalizerType.GetString() != "BertNormalizer")
            throw new PellucidException($"{path}: the normalizer is not BertNormalizer; only BERT's WordPiece can be read.");
        Dictionary<string, int> ids = TokenizerFiles.Vocabulary(vocabulary, path);
        (string Token, int Id)[] added = [.. TokenizerJson.AddedTokens(root, path)];
        foreach ((string token, int id) in added) ids[token] = id;
        WordPieceOptions options = OptionsOf(configuration, contextLength) with
        {
            LowerCase = Flag("lowercase") ?? true,
            StripAccents = Flag("strip_accents"),
            SplitIdeographs = Flag("handle_chinese_chars") ?? true,
            FurtherTokens = [.. added.Select(a => a.Token)],
        };
        return new WordPieceTokenizer(ids, options, path, file);

        bool? Flag(string name) => normalizer.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
    }

    /// <inheritdoc/>
    public TokenizedText Tokenize(string text)
    {
        TokenSequence.RequireReasonable(text);
        var sequence = new TokenSequence();
        var cleaned = new StringBuilder();
        var pieces = new List<(int Id, int Length)>();
        foreach ((string part, bool isSpecial) in _specials.Split(text))
        {
            if (cleaned.Length > 0 && cleaned[^1] != ' ') cleaned.Append(' ');
            int offset = cleaned.Length;
            if (isSpecial)
            {
                sequence.BeginWord(offset, part.Length);
                sequence.Add(_tokens.Ids[part], offset, part.Length, isSpecial: true);
                cleaned.Append(part);
                continue;
            }

            (string cleanedPart, List<(int Start, int Length)> words) = _words.Split(part);
            cleaned.Append(cleanedPart);
            foreach ((int start, int length) in words)
            {
                sequence.BeginWord(offset + start, length);
                Spell(cleanedPart.AsSpan(start, length), pieces);
                int at = offset + start;
                foreach ((int id, int pieceLength) in pieces)
                {
                    sequence.Add(id, at, pieceLength, isSpecial: false);
                    at += pieceLength;
                }
            }
        }

        return sequence.Build(cleaned.ToString(), this, _tokens.TokenOf);
    }

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<long> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var text = new StringBuilder();
        foreach (long id in ids)
        {
            if (id == StartId || id == EndId || id == PadId) continue;
            string token = _tokens.TokenOf(id);
            if (token.StartsWith(Continuation, StringComparison.Ordinal)) text.Append(token, Continuation.Length, token.Length - Continuation.Length);
            else text.Append(text.Length > 0 ? " " : "").Append(token);
        }

        return text.ToString();
    }

    private static WordPieceTokenizer FromVocabulary(string path, WordPieceOptions options, Dictionary<string, int> added)
    {
        byte[] file = TokenizerFiles.ReadBytes(path);
        string[] lines = TokenizerFiles.Lines(file, path);
        var ids = new Dictionary<string, int>(lines.Length, StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++) ids[lines[i]] = i;
        foreach ((string token, int id) in added) ids[token] = id;
        return new WordPieceTokenizer(ids, options, path, file);
    }

    private static WordPieceOptions OptionsOf(TokenizerConfiguration configuration, int? contextLength)
    {
        var defaults = new WordPieceOptions();
        return new WordPieceOptions
        {
            ContextLength = contextLength ?? configuration.ContextLength ?? defaults.ContextLength,
            StartToken = configuration.Token("cls_token", defaults.StartToken),
            EndToken = configuration.Token("sep_token", defaults.EndToken),
            PadToken = configuration.Token("pad_token", defaults.PadToken),
            UnknownToken = configuration.Token("unk_token", defaults.UnknownToken),
            MaskToken = configuration.Token("mask_token", defaults.MaskToken),
            FurtherTokens = [.. configuration.FurtherTokens()],
        };
    }

    /// <summary>Spells a word with the longest pieces that fit, from left to right.</summary>
    private void Spell(ReadOnlySpan<char> word, List<(int Id, int Length)> pieces)
    {
        pieces.Clear();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _tokens.Lookup;
        Span<char> buffer = stackalloc char[Continuation.Length + (2 * LongestWord)];
        Continuation.CopyTo(buffer);
        bool unknown = word.Length > LongestWord && CodePoints(word) > LongestWord;
        for (int start = 0; start < word.Length && !unknown;)
        {
            int length = Math.Min(word.Length - start, _longestToken);
            int id = -1;
            for (; length > 0; length--)
            {
                word.Slice(start, length).CopyTo(buffer[Continuation.Length..]);
                ReadOnlySpan<char> piece = start == 0 ? word[..length] : buffer[..(Continuation.Length + length)];
                if (lookup.TryGetValue(piece, out id)) break;
            }

            if (length == 0)
            {
                unknown = true;
                break;
            }

            pieces.Add((id, length));
            start += length;
        }

        if (!unknown) return;
        pieces.Clear();
        pieces.Add((_unknownId, word.Length));
    }

    private static int CodePoints(ReadOnlySpan<char> word)
    {
        int count = 0;
        foreach (Rune _ in word.EnumerateRunes()) count++;
        return count;
    }
}
