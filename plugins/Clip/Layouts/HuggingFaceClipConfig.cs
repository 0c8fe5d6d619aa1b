using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.Clip.Layouts;

/// <summary>config.json of a Hugging Face CLIPModel.</summary>
internal sealed record HuggingFaceClipConfig
{
    public const string FileName = "config.json";

    private const long MaxBytes = 10_000_000;

    // Far beyond any model; what a configuration may make the program expect before it has seen the checkpoint.
    private const int MaxSize = 1_000_000, MaxLayers = 1000, MaxImageSide = 30_000;

    public required TowerConfig Vision { get; init; }

    public required TowerConfig Text { get; init; }

    public required int ProjectionDimension { get; init; }

    /// <summary>Null for the value 2 of OpenAI's repositories, which means: the largest id.</summary>
    public long? EndId { get; init; }

    /// <summary>The model_type of a configuration, or null where it names none.</summary>
    /// <exception cref="PellucidException">The file cannot be read, or is no JSON.</exception>
    public static string? ModelType(string path)
    {
        using JsonDocument json = Open(path);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("model_type", out JsonElement type) ? type.ToString() : null;
    }

    public static HuggingFaceClipConfig Read(string path)
    {
        using JsonDocument json = Open(path);
        try
        {
            JsonElement root = json.RootElement;
            JsonElement text = root.GetProperty("text_config"), vision = root.GetProperty("vision_config");
            long? end = text.TryGetProperty("eos_token_id", out JsonElement e) && e.ValueKind != JsonValueKind.Null ? e.GetInt64() : null;
            int vocabulary = Positive(text, "vocab_size", 49408, path);
            if (end is { } id && (id < 0 || id >= vocabulary)) throw new PellucidException($"{path}: eos_token_id is {id}, but the ids of the model are 0 to {vocabulary - 1}");
            return new HuggingFaceClipConfig
            {
                ProjectionDimension = Positive(root, "projection_dim", 512, path),
                Vision = Tower(vision, path, 768, 12, 12) with
                {
                    ImageSize = Positive(vision, "image_size", 224, path, MaxImageSide),
                    PatchSize = Positive(vision, "patch_size", 32, path),
                    Channels = Positive(vision, "num_channels", 3, path),
                },
                Text = Tower(text, path, 512, 12, 8) with
                {
                    Vocabulary = vocabulary,
                    ContextLength = Positive(text, "max_position_embeddings", 77, path),
                },
                EndId = end == 2 ? null : end,
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PellucidException($"{path} is no CLIP configuration: text_config and vision_config with numbers are needed ({e.Message})", e);
        }
    }

    private static TowerConfig Tower(JsonElement tower, string path, int width, int layers, int heads)
    {
        string activation = tower.TryGetProperty("hidden_act", out JsonElement a) ? a.ToString() : "quick_gelu";
        int hidden = Positive(tower, "hidden_size", width, path), headCount = Positive(tower, "num_attention_heads", heads, path);
        if (hidden % headCount != 0) throw new PellucidException($"{path}: hidden_size {hidden} is no multiple of num_attention_heads {headCount}");
        return new TowerConfig
        {
            Width = hidden,
            Layers = Positive(tower, "num_hidden_layers", layers, path, MaxLayers),
            FeedForward = Positive(tower, "intermediate_size", 4 * hidden, path),
            Settings = new TransformerSettings(
                headCount,
                activation switch
                {
                    "quick_gelu" => Activation.QuickGelu,
                    "gelu" => Activation.Gelu,
                    _ => throw new PellucidException($"{path}: hidden_act '{activation}' is not supported; quick_gelu and gelu are"),
                },
                tower.TryGetProperty("layer_norm_eps", out JsonElement eps) ? eps.GetSingle() : 1e-5f),
        };
    }

    private static int Positive(JsonElement parent, string name, int fallback, string path, int largest = MaxSize)
    {
        int value = parent.TryGetProperty(name, out JsonElement e) ? e.GetInt32() : fallback;
        return value > 0 && value <= largest ? value : throw new PellucidException($"{path}: {name} is {value}, which makes no model (1 to {largest} is allowed)");
    }

    private static JsonDocument Open(string path)
    {
        try
        {
            var file = new FileInfo(path);
            // Looked at before opening: opening a pipe would wait for its writer.
            if (file.Length == 0) throw new PellucidException($"{path} is empty");
            if (file.Length > MaxBytes) throw new PellucidException($"{path} has {file.Length} bytes; a configuration has at most {MaxBytes}");
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"{path} cannot be read as JSON: {e.Message}", e);
        }
    }

    /// <summary>One encoder.</summary>
    internal sealed record TowerConfig
    {
        public required int Width { get; init; }

        public required int Layers { get; init; }

        public required int FeedForward { get; init; }

        public required TransformerSettings Settings { get; init; }

        public int ImageSize { get; init; }

        public int PatchSize { get; init; }

        public int Channels { get; init; }

        public int Vocabulary { get; init; }

        public int ContextLength { get; init; }
    }
}
