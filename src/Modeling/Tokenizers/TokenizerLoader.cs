using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Finds out which tokenizer lies in a folder and reads it.</summary>
public static class TokenizerLoader
{
    private const string LookedFor =
        "vocab.json with merges.txt (CLIP), vocab.txt (BERT), tokenizer.json (either), bpe_simple_vocab_16e6.txt or .txt.gz (OpenAI's CLIP)";

    private static readonly string[] OpenAiFiles = ["bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt"];

    /// <summary>Reads the tokenizer of a folder, or the one a single file holds.</summary>
    /// <param name="path">A folder with tokenizer files, or one of those files.</param>
    /// <param name="contextLength">Length of a sequence; by default what the files say, else 77 for CLIP and 512 for BERT.</param>
    /// <exception cref="PellucidException">Nothing that can be read is there (the message lists what was looked for), or it is corrupt.</exception>
    public static ITokenizer FromFolder(string path, int? contextLength = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path)) return FromFile(path, contextLength);
        if (!Directory.Exists(path)) throw new PellucidException($"There is no tokenizer folder {path}.");
        string? tokenizerClass = TokenizerConfiguration.Read(path).TokenizerClass;
        bool mayBeClip = tokenizerClass is null || tokenizerClass.Contains("CLIP", StringComparison.OrdinalIgnoreCase) || tokenizerClass == "PreTrainedTokenizerFast";
        bool mayBeBert = tokenizerClass is null || tokenizerClass.Contains("Bert", StringComparison.Ordinal) && !tokenizerClass.Contains("Roberta", StringComparison.Ordinal)
            || tokenizerClass == "PreTrainedTokenizerFast";
        if (!mayBeClip && !mayBeBert)
            throw new PellucidException($"The tokenizer in {path} is a {tokenizerClass}; those that can be read are CLIP's byte-pair encoding and BERT's WordPiece.");
        if (mayBeClip && Has("vocab.json") && Has("merges.txt")) return ClipTokenizer.FromHuggingFace(path, contextLength);
        if (mayBeBert && Has("vocab.txt")) return WordPieceTokenizer.FromHuggingFace(path, contextLength);
        if (Has("tokenizer.json")) return FromTokenizerJson(Path.Combine(path, "tokenizer.json"), contextLength);
        if (mayBeClip && Array.Find(OpenAiFiles, Has) is { } file) return OpenAi(Path.Combine(path, file), contextLength);
        string half = Has("vocab.json") ? " There is vocab.json, but merges.txt is missing." : Has("merges.txt") ? " There is merges.txt, but vocab.json is missing." : "";
        throw new PellucidException($"There is no tokenizer in {path}: looked for {LookedFor}.{half} Give the folder that has them (--tokenizer <folder>).");

        bool Has(string name) => File.Exists(Path.Combine(path, name));
    }

    private static ITokenizer FromFile(string path, int? contextLength)
    {
        string name = Path.GetFileName(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OpenAiFiles.Contains(name, StringComparer.Ordinal) || name.EndsWith(".txt.gz", StringComparison.Ordinal)) return OpenAi(path, contextLength);
        return name switch
        {
            "vocab.json" or "merges.txt" => ClipTokenizer.FromHuggingFace(folder, contextLength),
            "vocab.txt" => WordPieceTokenizer.FromHuggingFace(folder, contextLength),
            _ when name.EndsWith(".json", StringComparison.Ordinal) => FromTokenizerJson(path, contextLength),
            _ => throw new PellucidException($"{path} is not a tokenizer file that can be read; those are {LookedFor}."),
        };
    }

    private static ITokenizer FromTokenizerJson(string path, int? contextLength)
    {
        string type;
        using (JsonDocument document = TokenizerFiles.Json(TokenizerFiles.ReadBytes(path), path)) type = TokenizerJson.ModelType(document.RootElement, path);
        return type switch
        {
            "BPE" => ClipTokenizer.FromTokenizerJson(path, contextLength),
            "WordPiece" => WordPieceTokenizer.FromTokenizerJson(path, contextLength),
            _ => throw new PellucidException($"{path} holds a model of type {type}; those that can be read are BPE (CLIP) and WordPiece (BERT)."),
        };
    }

    private static ClipTokenizer OpenAi(string path, int? contextLength) =>
        contextLength is { } length ? ClipTokenizer.FromOpenAi(path, length) : ClipTokenizer.FromOpenAi(path);
}
