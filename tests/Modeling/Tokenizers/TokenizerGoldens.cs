using System.Text.Json;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Tokenizers;

/// <summary>The tables text -> ids that the published tokenizers produced.</summary>
internal static class TokenizerGoldens
{
    public static string Folder => Path.Combine(RepositoryPaths.Goldens, "tokenizers");

    /// <summary>OpenAI's vocabulary, which is not part of this repository; null where it cannot be found.</summary>
    public static string? OpenAiVocabulary { get; } = new[]
        {
            Environment.GetEnvironmentVariable("PELLUCID_GOLDENS"),
            Path.Combine(RepositoryPaths.Root, "..", "shared", "goldens"),
            Path.Combine(RepositoryPaths.Root, "shared", "goldens"),
        }
        .Where(folder => !string.IsNullOrEmpty(folder))
        .Select(folder => Path.Combine(folder!, "tokenizers", "bpe_simple_vocab_16e6.txt.gz"))
        .FirstOrDefault(File.Exists);

    /// <summary>Folder of the embedded demo model's tokenizer.</summary>
    public static string EmbeddedModel { get; } =
        Path.GetDirectoryName(Directory.EnumerateFiles(RepositoryPaths.Models, "vocab.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First())!;

    public static IReadOnlyList<JsonElement> Cases(string table)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, table + ".json")));
        return [.. document.RootElement.Clone().GetProperty("cases").EnumerateArray()];
    }

    public static TheoryData<int> Indices(string table)
    {
        var data = new TheoryData<int>();
        for (int i = 0; i < Cases(table).Count; i++) data.Add(i);
        return data;
    }

    public static string Text(JsonElement golden) => golden.GetProperty("text").GetString()!;

    public static long[] Ids(JsonElement golden, string field = "ids") => [.. golden.GetProperty(field).EnumerateArray().Select(e => e.GetInt64())];

    public static string[] Tokens(JsonElement golden) => [.. golden.GetProperty("tokens").EnumerateArray().Select(e => e.GetString()!)];
}
