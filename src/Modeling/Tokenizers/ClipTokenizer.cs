using System.Text;
using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// CLIP's byte-level byte-pair encoding, id for id as OpenAI's <c>clip.tokenize</c> or Hugging Face's
/// <c>CLIPTokenizer</c> (see <see cref="ClipTextRules"/>): clean-up of the text, lower case, split into pieces, and each
/// piece's UTF-8 bytes merged by rank. Safe for many threads; words are cached.
/// </summary>
public sealed class ClipTokenizer : ITokenizer
{
    private const int PublishedContextLength = 77;

    private readonly TokenTable _tokens;
    private readonly BytePairEncoder _encoder;
    private readonly SpecialTokenSplitter _specials;
    private readonly int _unknownId;

    private ClipTokenizer(ClipVocabulary vocabulary, ClipTextRules rules, int contextLength, Specials specials, string source, params ReadOnlySpan<byte[]> files)
    {
        _tokens = vocabulary.Tokens;
        _encoder = new BytePairEncoder(vocabulary);
        _specials = new SpecialTokenSplitter(specials.Uncut.Where(t => _tokens.Ids.ContainsKey(t)));
        _unknownId = _tokens.Required(specials.Unknown, "unknown", source);
        StartId = _tokens.Required(specials.Start, "start", source);
        EndId = _tokens.Required(specials.End, "end", source);
        PadId = specials.Pad is null ? 0 : _tokens.Required(specials.Pad, "padding", source);
        Rules = rules;
        ContextLength = TokenSequence.RequireReasonable(contextLength);
        string settings = $"{Kind}|{ContextLength}|{StartId}|{EndId}|{PadId}|{_unknownId}|{_specials.Description}";
        ContentHash = ContentHashing.Hash(settings, files);
    }

    /// <inheritdoc/>
    public string Kind => Rules switch
    {
        ClipTextRules.OpenAi => "clip-bpe/openai",
        ClipTextRules.HuggingFace => "clip-bpe/huggingface",
        _ => "clip-bpe/huggingface-fast",
    };

    /// <summary>Which reference implementation's text rules are followed.</summary>
    public ClipTextRules Rules { get; }

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

    /// <summary>Reads OpenAI's <c>bpe_simple_vocab_16e6.txt</c>, gzipped or not. Padding is id 0, as in <c>clip.tokenize</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contextLength">Length of a sequence.</param>
    /// <exception cref="PellucidException">The file cannot be read or is not such a vocabulary.</exception>
    public static ClipTokenizer FromOpenAi(string path, int contextLength = PublishedContextLength)
    {
        byte[] content = TokenizerFiles.ReadBytes(path);
        if (content is [0x1F, 0x8B, ..]) content = TokenizerFiles.Unzip(content, path);
        ClipVocabulary vocabulary = ClipVocabulary.FromOpenAi(content, path);
        var specials = new Specials(ClipVocabulary.StartToken, ClipVocabulary.EndToken, Pad: null, ClipVocabulary.EndToken, Uncut: []);
        return new ClipTokenizer(vocabulary, ClipTextRules.OpenAi, contextLength, specials, path, content);
    }

    /// <summary>
    /// Reads a Hugging Face folder: <c>vocab.json</c> and <c>merges.txt</c>, with the settings of
    /// <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and <c>added_tokens.json</c> where they exist.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="contextLength">Length of a sequence; by default <c>model_max_length</c> of the settings, else 77.</param>
    /// <param name="rules">Text rules; the padding of the files stays whatever the rules.</param>
    /// <exception cref="PellucidException">A file is missing, corrupt, or does not belong to the others.</exception>
    public static ClipTokenizer FromHuggingFace(string folder, int? contextLength = null, ClipTextRules rules = ClipTextRules.HuggingFace)
    {
        string vocabularyPath = Path.Combine(folder, "vocab.json");
        string mergesPath = Path.Combine(folder, "merges.txt");
        TokenizerConfiguration configuration = TokenizerConfiguration.Read(folder);
        byte[] vocabularyFile = TokenizerFiles.ReadBytes(vocabularyPath);
        byte[] mergesFile = TokenizerFiles.ReadBytes(mergesPath);
        ClipVocabulary vocabulary = ClipVocabulary.FromHuggingFace(vocabularyFile, vocabularyPath, mergesFile, mergesPath, configuration.AddedTokens);
        return new ClipTokenizer(vocabulary, rules, contextLength ?? configuration.ContextLength ?? PublishedContextLength, SpecialsOf(configuration), vocabularyPath, vocabularyFile, mergesFile);
    }

    /// <summary>Reads Hugging Face's single-file form, <c>tokenizer.json</c>, and follows the fast tokenizer's rules.</summary>
    /// <param name="path">The file; settings are looked for beside it.</param>
    /// <param name="contextLength">Length of a sequence; by default <c>model_max_length</c> of the settings, else 77.</param>
    /// <exception cref="PellucidException">The file cannot be read or is not CLIP's.</exception>
    public static ClipTokenizer FromTokenizerJson(string path, int? contextLength = null)
    {
        byte[] file = TokenizerFiles.ReadBytes(path);
        TokenizerConfiguration configuration = TokenizerConfiguration.Read(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using JsonDocument document = TokenizerFiles.Json(file, path);
        string type = TokenizerJson.ModelType(document.RootElement, path);
        if (type != "BPE") throw new PellucidException($"{path} holds a model of type {type}; CLIP's is BPE.");
        ClipVocabulary vocabulary = ClipVocabulary.FromTokenizerJson(document.RootElement, path);
        Specials specials = SpecialsOf(configuration);
        specials = specials with { Uncut = [.. specials.Uncut, .. TokenizerJson.AddedTokens(document.RootElement, path).Select(t => t.Token)] };
        return new ClipTokenizer(vocabulary, ClipTextRules.HuggingFaceFast, contextLength ?? configuration.ContextLength ?? PublishedContextLength, specials, path, file);
    }

    /// <inheritdoc/>
    public TokenizedText Tokenize(string text)
    {
        TokenSequence.RequireReasonable(text);
        var sequence = new TokenSequence();
        var cleaned = new StringBuilder();
        if (Rules == ClipTextRules.OpenAi)
        {
            AddPieces(TextCasing.ToLower(TextCleanup.FixAndUnescape(text), finalSigma: true), cleaned, sequence);
        }
        else
        {
            foreach ((string part, bool isSpecial) in _specials.Split(text))
            {
                if (isSpecial) AddSpecial(part, cleaned, sequence);
                else AddPieces(Clean(part), cleaned, sequence);
            }
        }

        return sequence.Build(cleaned.ToString(), this, _tokens.TokenOf);
    }

    /// <inheritdoc/>
    /// <remarks>Everything after the first end token is padding and left out. Bytes that are no UTF-8 show as U+FFFD.</remarks>
    public string Decode(IReadOnlyList<long> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new List<byte>();
        foreach (long id in ids)
        {
            if (id == EndId) break;
            if (id == StartId) continue;
            string token = _tokens.TokenOf(id);
            bool endsWord = token.EndsWith(ClipVocabulary.WordEnd, StringComparison.Ordinal);
            foreach (char c in endsWord ? token.AsSpan(0, token.Length - ClipVocabulary.WordEnd.Length) : token)
            {
                if (ByteAlphabet.TryGetByte(c, out byte value)) bytes.Add(value);
                else bytes.AddRange(Encoding.UTF8.GetBytes(c.ToString()));
            }

            if (endsWord) bytes.Add((byte)' ');
        }

        return Encoding.UTF8.GetString([.. bytes]).TrimEnd(' ');
    }

    private static Specials SpecialsOf(TokenizerConfiguration configuration)
    {
        string start = configuration.Token("bos_token", ClipVocabulary.StartToken);
        string end = configuration.Token("eos_token", ClipVocabulary.EndToken);
        string unknown = configuration.Token("unk_token", ClipVocabulary.EndToken);
        string pad = configuration.Token("pad_token", ClipVocabulary.EndToken);
        return new Specials(start, end, pad, unknown, [start, end, unknown, pad, .. configuration.FurtherTokens()]);
    }

    private string Clean(string part) => Rules == ClipTextRules.HuggingFace
        ? TextCasing.ToLower(TextCleanup.CollapseWhitespace(TextCleanup.Fix(part)), finalSigma: true)
        : TextCasing.ToLower(TextCleanup.CollapseWhitespace(UnicodeNormalizer.ToFormC(part)), finalSigma: false);

    private void AddSpecial(string token, StringBuilder cleaned, TokenSequence sequence)
    {
        if (cleaned.Length > 0) cleaned.Append(' ');
        sequence.BeginWord(cleaned.Length, token.Length);
        sequence.Add(_tokens.Ids[token], cleaned.Length, token.Length, isSpecial: true);
        cleaned.Append(token);
    }

    private void AddPieces(string part, StringBuilder cleaned, TokenSequence sequence)
    {
        if (part.Length == 0) return;
        if (cleaned.Length > 0) cleaned.Append(' ');
        int offset = cleaned.Length;
        cleaned.Append(part);
        ClipPieceSplitter.Piece previous = default;
        foreach (ClipPieceSplitter.Piece piece in ClipPieceSplitter.Split(part))
        {
            if (piece.Continues(previous)) sequence.ExtendWord(offset + piece.Start + piece.Length);
            else sequence.BeginWord(offset + piece.Start, piece.Length);
            string word = part.Substring(piece.Start, piece.Length);
            if (piece.Kind == ClipPieceSplitter.PieceKind.Special)
                sequence.Add(_tokens.Ids.GetValueOrDefault(word, _unknownId), offset + piece.Start, piece.Length, isSpecial: true);
            else
                AddWord(word, offset + piece.Start, sequence);
            previous = piece;
        }
    }

    private void AddWord(string word, int start, TokenSequence sequence)
    {
        int[]? characters = Ascii.IsValid(word) ? null : CharactersOfBytes(word);
        int at = 0;
        foreach (BytePairEncoder.Symbol symbol in _encoder.Encode(word))
        {
            int first = characters?[at] ?? at;
            at += symbol.ByteCount;
            // The last byte's character is covered to its end; a code point outside the BMP is two characters.
            int last = characters?[at - 1] ?? at - 1;
            int end = last + (char.IsHighSurrogate(word[last]) ? 2 : 1);
            sequence.Add(symbol.Id < 0 ? _unknownId : symbol.Id, start + first, end - first, isSpecial: false);
        }
    }

    /// <summary>For each UTF-8 byte of a word the index of the character (UTF-16) it belongs to.</summary>
    private static int[] CharactersOfBytes(string word)
    {
        var characters = new List<int>(word.Length * 2);
        int at = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            for (int i = 0; i < rune.Utf8SequenceLength; i++) characters.Add(at);
            at += rune.Utf16SequenceLength;
        }

        return [.. characters];
    }

    /// <summary>The special tokens' spellings; a null <see cref="Pad"/> pads with id 0.</summary>
    private sealed record Specials(string Start, string End, string? Pad, string Unknown, IReadOnlyList<string> Uncut);
}
