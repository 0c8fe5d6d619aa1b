using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// The settings that lie beside a Hugging Face vocabulary: <c>tokenizer_config.json</c>, overridden by
/// <c>special_tokens_map.json</c>, and the extra tokens of <c>added_tokens.json</c>. All three may be absent.
/// </summary>
internal sealed class TokenizerConfiguration
{
    // Hugging Face writes 1e30 for "no limit"; no text encoder has positions beyond this.
    private const double LargestContext = 100_000;

    private static readonly string[] Files = ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"];

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly string _folder;

    private TokenizerConfiguration(string folder) => _folder = folder;

    /// <summary>Tokens beyond the vocabulary file with their ids.</summary>
    public Dictionary<string, int> AddedTokens { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Class name of the reference tokenizer, such as <c>CLIPTokenizer</c>; null if not told.</summary>
    public string? TokenizerClass => Text("tokenizer_class");

    /// <summary>Longest sequence the model takes; null if not told or not a real limit.</summary>
    public int? ContextLength
    {
        get
        {
            if (!TryGet("model_max_length", out JsonElement value)) return null;
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double length) || length < 1) throw Wrong("model_max_length", value, "a positive number");
            return length <= LargestContext ? (int)length : null;
        }
    }

    /// <summary>Reads what is in a folder.</summary>
    public static TokenizerConfiguration Read(string folder)
    {
        var configuration = new TokenizerConfiguration(folder);
        foreach (string file in Files)
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path)) continue;
            using JsonDocument document = TokenizerFiles.Json(TokenizerFiles.ReadBytes(path), path);
            JsonElement root = document.RootElement.Clone();
            if (file == "added_tokens.json")
            {
                configuration.AddedTokens = TokenizerFiles.Vocabulary(root, path);
                continue;
            }

            foreach (JsonProperty property in root.EnumerateObject()) configuration._values[property.Name] = property.Value;
        }

        return configuration;
    }

    /// <summary>A special token, written as text or as an object with its content; the default if not told.</summary>
    public string Token(string name, string whenAbsent)
    {
        if (!TryGet(name, out JsonElement value)) return whenAbsent;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out JsonElement content)) value = content;
        string? token = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return string.IsNullOrEmpty(token) ? throw Wrong(name, value, "a token") : token;
    }

    /// <summary>A switch; null if not told.</summary>
    public bool? Switch(string name)
    {
        if (!TryGet(name, out JsonElement value)) return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");
    }

    /// <summary>Further tokens that are never split: the additional special tokens and the added ones.</summary>
    public IEnumerable<string> FurtherTokens()
    {
        if (TryGet("additional_special_tokens", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in list.EnumerateArray())
            {
                JsonElement content = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("content", out JsonElement inner) ? inner : entry;
                if (content.ValueKind == JsonValueKind.String && content.GetString() is { Length: > 0 } token) yield return token;
            }
        }

        foreach (string token in AddedTokens.Keys.Where(t => t.Length > 0)) yield return token;
    }

    private string? Text(string name) => TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private bool TryGet(string name, out JsonElement value) => _values.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

    private PellucidException Wrong(string name, JsonElement value, string expected) =>
        new($"The tokenizer settings in {_folder} give \"{name}\" as {value.GetRawText()}; expected {expected}.");
}
