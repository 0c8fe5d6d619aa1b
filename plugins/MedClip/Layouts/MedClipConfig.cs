using Pellucid.Graphs;
using Pellucid.Modeling.Configuration;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.MedClip.Layouts;

/// <summary>
/// What tensor shapes do not tell about a MedCLIP model. MedCLIP publishes no configuration; its own values stand where a config.json
/// does not say otherwise.
/// </summary>
internal sealed record MedClipConfig
{
    public const string FileName = "config.json";

    private const int MaxSize = 4096;

    // Bio_ClinicalBERT is BERT-base: 768 channels in 12 heads.
    private const int HeadWidth = 64;

    private static readonly int[] PooledStates = [1, 2, -1];

    /// <summary>Side of an image.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Heads and epsilon of the text encoder.</summary>
    public required TransformerSettings Text { get; init; }

    /// <summary>Epsilon of Swin's layer norms.</summary>
    public float VisionEpsilon { get; init; } = 1e-5f;

    /// <summary>Id of [PAD].</summary>
    public long PadId { get; init; }

    /// <summary>Reads the configuration of a model folder.</summary>
    /// <param name="folder">Folder of the checkpoint.</param>
    /// <param name="textWidth">Channels of the text encoder.</param>
    /// <exception cref="PellucidException">A value makes no model, or the number of heads is not known.</exception>
    public static MedClipConfig Read(string folder, int textWidth)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            if (textWidth % HeadWidth != 0)
                throw new PellucidException($"a text encoder of {textWidth} channels has a number of heads that its tensors do not tell: put a {FileName} with text_config.num_attention_heads beside the checkpoint");
            return new MedClipConfig { Text = new TransformerSettings(textWidth / HeadWidth, Activation.Gelu, 1e-12f) };
        }

        using var file = ConfigurationFile.Open(path);
        ConfigurationPart root = file.Root, text = root.Part("text_config"), vision = root.Part("vision_config");
        RequirePooling(root);
        RequireGelu(text);
        RequireGelu(vision);
        int heads = text.Size("num_attention_heads", Math.Max(1, textWidth / HeadWidth), MaxSize);
        if (textWidth % heads != 0) throw new PellucidException($"{path}: {textWidth} channels of the text encoder cannot be split into {heads} heads");
        return new MedClipConfig
        {
            ImageSize = vision.Size("image_size", root.Part("preprocess").Size("image_size", 224, MaxSize), MaxSize),
            Text = new TransformerSettings(heads, Activation.Gelu, text.Epsilon("layer_norm_eps", 1e-12f)),
            VisionEpsilon = vision.Epsilon("layer_norm_eps", 1e-5f),
            PadId = text.Integer("pad_token_id") ?? 0,
        };
    }

    private static void RequirePooling(ConfigurationPart root)
    {
        const string Key = "text_pooling_hidden_states";
        if (root.Integers(Key) is { } given && !given.AsSpan().SequenceEqual(PooledStates))
            throw root.Error(Key, $"is [{string.Join(", ", given)}]; MedCLIP averages the hidden states [{string.Join(", ", PooledStates)}]");
    }

    private static void RequireGelu(ConfigurationPart tower)
    {
        if (tower.Text("hidden_act") is { } activation and not "gelu") throw tower.Error("hidden_act", $"is '{activation}'; MedCLIP's encoders use gelu");
    }
}
