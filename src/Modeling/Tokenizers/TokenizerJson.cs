using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>The parts of Hugging Face's <c>tokenizer.json</c> that both kinds of tokenizer read.</summary>
internal static class TokenizerJson
{
    /// <summary>The model's type: <c>BPE</c>, <c>WordPiece</c> ...</summary>
    public static string ModelType(JsonElement root, string path)
    {
        if (!root.TryGetProperty("model", out JsonElement model) || model.ValueKind != JsonValueKind.Object)
            throw new PellucidException($"{path}: there is no \"model\" object.");
        if (model.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String) return type.GetString()!;
        // Files of old versions leave the type out.
        return model.TryGetProperty("merges", out _) ? "BPE" : "WordPiece";
    }

    /// <summary>The added tokens with their ids.</summary>
    public static IEnumerable<(string Token, int Id)> AddedTokens(JsonElement root, string path)
    {
        if (!root.TryGetProperty("added_tokens", out JsonElement list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object
                || !entry.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.String
                || !entry.TryGetProperty("id", out JsonElement idElement) || idElement.ValueKind != JsonValueKind.Number || !idElement.TryGetInt32(out int id))
                throw new PellucidException($"{path}: an entry of \"added_tokens\" lacks its \"content\" or integer \"id\": {entry.GetRawText()}");
            yield return (content.GetString()!, id);
        }
    }

    /// <summary>A merge, written as one string or as an array of two.</summary>
    public static string Merge(JsonElement element, int index, string path) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array when element.GetArrayLength() == 2 && element.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            $"{element[0].GetString()} {element[1].GetString()}",
        _ => throw new PellucidException($"{path}: merge {index} is {element.GetRawText()}; expected \"a b\" or [\"a\", \"b\"]."),
    };
}
