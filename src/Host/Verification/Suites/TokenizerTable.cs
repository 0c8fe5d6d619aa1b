using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Host.Verification.Suites;

/// <summary>A table of the suite "tokenizers" with the tokenizer it is for.</summary>
internal sealed class TokenizerTable
{
    /// <summary>Ids of the lower-cased text over a cased vocabulary, which some published models really use.</summary>
    public const string LoweredIds = "ids_cased_vocab_lowercased";

    private readonly ITokenizer? _tokenizer;

    private TokenizerTable(IReadOnlyList<JsonElement> cases, ITokenizer? tokenizer, ITokenizer? lowered, string? missing) =>
        (Cases, _tokenizer, Lowered, Missing) = (cases, tokenizer, lowered, missing);

    /// <summary>Its texts.</summary>
    public IReadOnlyList<JsonElement> Cases { get; }

    /// <summary>Its tokenizer.</summary>
    public ITokenizer Tokenizer => _tokenizer ?? throw new InvalidOperationException(Missing);

    /// <summary>The same vocabulary with lower-casing; null where that is no question.</summary>
    public ITokenizer? Lowered { get; }

    /// <summary>Why there is no tokenizer, or null where there is: a vocabulary that may not be given away is not always there.</summary>
    public string? Missing { get; }

    /// <summary>
    /// Reads a table. Its vocabulary is the folder of the table's name, or the files that its <c>files</c> or <c>vocabulary</c> names.
    /// </summary>
    /// <exception cref="PellucidException">The table or the vocabulary is damaged.</exception>
    public static TokenizerTable Read(string path, string folder)
    {
        JsonElement root = SuiteManifest.ReadJson(path);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cases", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw new PellucidException($"{path} has no list \"cases\"");
        JsonElement[] cases = [.. list.EnumerateArray()];
        string? vocabulary = Text(root, "vocabulary") ?? Text(root, "files");
        string[] candidates = [Path.ChangeExtension(path, null), .. Named(folder, vocabulary)];
        if (candidates.FirstOrDefault(c => Directory.Exists(c) || File.Exists(c)) is not { } found)
            return new TokenizerTable(cases, null, null, $"the vocabulary is not there (looked for {string.Join(", ", candidates)})");
        string place = Path.GetFileName(found) is "vocab.txt" or "vocab.json" or "merges.txt" ? Path.GetDirectoryName(found)! : found;
        int? context = Number(root, "max_length") ?? Number(root, "context_length");
        bool? lower = root.TryGetProperty("do_lower_case", out JsonElement l) && l.ValueKind is JsonValueKind.True or JsonValueKind.False ? l.GetBoolean() : null;
        bool wordPiece = File.Exists(Path.Combine(place, "vocab.txt"));
        ITokenizer tokenizer = wordPiece ? WordPieceTokenizer.FromHuggingFace(place, context, lower)
            : File.Exists(Path.Combine(place, "merges.txt")) ? ClipTokenizer.FromHuggingFace(place, context, Rules(root))
            : TokenizerLoader.FromFolder(place, context);
        return new TokenizerTable(cases, tokenizer, wordPiece && root.TryGetProperty(LoweredIds, out _) ? WordPieceTokenizer.FromHuggingFace(place, context, lowerCase: true) : null, null);
    }

    /// <summary>A list of ids of a case, or null.</summary>
    public static long[]? Ids(JsonElement c, string name) =>
        c.TryGetProperty(name, out JsonElement ids) && ids.ValueKind == JsonValueKind.Array && ids.EnumerateArray().All(i => i.ValueKind == JsonValueKind.Number && i.TryGetInt64(out _))
            ? [.. ids.EnumerateArray().Select(i => i.GetInt64())]
            : null;

    /// <summary>Places that a remark like "bpe.txt.gz (from there)" or "somewhere/bert/vocab.txt" can mean: the file in the suite's folder, with ever fewer of its folders.</summary>
    private static IEnumerable<string> Named(string folder, string? remark)
    {
        string[] parts = remark?.Split(' ', 2)[0].Split('/') ?? [];
        for (int skip = 0; skip < parts.Length; skip++)
        {
            if (parts[skip..] is { } rest && !rest.Contains("..") && rest.All(p => p.Length > 0)) yield return Path.Combine(folder, Path.Combine(rest));
        }
    }

    private static ClipTextRules Rules(JsonElement root) =>
        Text(root, "source")?.StartsWith("openai", StringComparison.OrdinalIgnoreCase) == true ? ClipTextRules.OpenAi : ClipTextRules.HuggingFace;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;
}
