using Pellucid.Graphs;
using Pellucid.Modeling.Configuration;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.Clip.Layouts;

/// <summary>config.json of a Hugging Face CLIPModel.</summary>
internal sealed record HuggingFaceClipConfig
{
    public const string FileName = "config.json";

    // Far beyond any model; what a configuration may make the program expect before it has seen the checkpoint.
    private const int MaxSize = 1_000_000, MaxLayers = 1000, MaxImageSide = 30_000;

    public required TowerConfig Vision { get; init; }

    public required TowerConfig Text { get; init; }

    public required int ProjectionDimension { get; init; }

    /// <summary>Null for the value 2 of OpenAI's repositories, which means: the largest id.</summary>
    public long? EndId { get; init; }

    /// <summary>The model_type of a configuration, or null where it names none.</summary>
    /// <exception cref="PellucidException">The file cannot be read, or is no JSON object.</exception>
    public static string? ModelType(string path)
    {
        using var file = ConfigurationFile.Open(path);
        return file.Root.Text("model_type");
    }

    public static HuggingFaceClipConfig Read(string path)
    {
        using var file = ConfigurationFile.Open(path);
        ConfigurationPart root = file.Root, text = root.Part("text_config"), vision = root.Part("vision_config");
        if (!text.Exists || !vision.Exists) throw new PellucidException($"{path} is no CLIP configuration: text_config and vision_config are needed");
        int vocabulary = text.Size("vocab_size", 49408, MaxSize);
        int? end = text.Integer("eos_token_id");
        if (end < 0 || end >= vocabulary) throw text.Error("eos_token_id", $"is {end}, but the ids of the model are 0 to {vocabulary - 1}");
        return new HuggingFaceClipConfig
        {
            ProjectionDimension = root.Size("projection_dim", 512, MaxSize),
            Vision = Tower(vision, 768, 12, 12) with
            {
                ImageSize = vision.Size("image_size", 224, MaxImageSide),
                PatchSize = vision.Size("patch_size", 32, MaxSize),
                Channels = vision.Size("num_channels", 3, MaxSize),
            },
            Text = Tower(text, 512, 12, 8) with
            {
                Vocabulary = vocabulary,
                ContextLength = text.Size("max_position_embeddings", 77, MaxSize),
            },
            EndId = end == 2 ? null : end,
        };
    }

    private static TowerConfig Tower(ConfigurationPart tower, int width, int layers, int heads)
    {
        string activation = tower.Text("hidden_act") ?? "quick_gelu";
        int hidden = tower.Size("hidden_size", width, MaxSize), headCount = tower.Size("num_attention_heads", heads, MaxSize);
        if (hidden % headCount != 0) throw tower.Error("hidden_size", $"{hidden} is no multiple of num_attention_heads {headCount}");
        return new TowerConfig
        {
            Width = hidden,
            Layers = tower.Size("num_hidden_layers", layers, MaxLayers),
            FeedForward = tower.Size("intermediate_size", 4 * hidden, MaxSize),
            Settings = new TransformerSettings(
                headCount,
                activation switch
                {
                    "quick_gelu" => Activation.QuickGelu,
                    "gelu" => Activation.Gelu,
                    _ => throw tower.Error("hidden_act", $"'{activation}' is not supported; quick_gelu and gelu are"),
                },
                tower.Epsilon("layer_norm_eps", 1e-5f)),
        };
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
