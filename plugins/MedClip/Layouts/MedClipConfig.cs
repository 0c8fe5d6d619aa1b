using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.MedClip.Layouts;

/// <summary>
/// What tensor shapes do not tell about a MedCLIP model. MedCLIP publishes no configuration; its own values stand where a config.json
/// does not say otherwise.
/// </summary>
internal sealed record MedClipConfig
{
    public const string FileName = "config.json";

    private const long MaxBytes = 10_000_000;
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

        using JsonDocument json = Open(path);
        try
        {
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new PellucidException($"{path} is no MedCLIP configuration: it is no JSON object");
            JsonElement text = Part(root, "text_config"), vision = Part(root, "vision_config");
            RequirePooling(root, path);
            RequireGelu(text, path);
            RequireGelu(vision, path);
            int heads = Positive(text, "num_attention_heads", Math.Max(1, textWidth / HeadWidth), path);
            if (textWidth % heads != 0) throw new PellucidException($"{path}: {textWidth} channels of the text encoder cannot be split into {heads} heads");
            return new MedClipConfig
            {
                ImageSize = Positive(vision, "image_size", Positive(Part(root, "preprocess"), "image_size", 224, path), path),
                Text = new TransformerSettings(heads, Activation.Gelu, Epsilon(text, 1e-12f, path)),
                VisionEpsilon = Epsilon(vision, 1e-5f, path),
                PadId = Has(text, "pad_token_id", out JsonElement pad) ? pad.GetInt64() : 0,
            };
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new PellucidException($"{path} is no MedCLIP configuration: {e.Message}", e);
        }
    }

    private static void RequirePooling(JsonElement root, string path)
    {
        if (!Has(root, "text_pooling_hidden_states", out JsonElement states)) return;
        int[] given = [.. states.EnumerateArray().Select(s => s.GetInt32())];
        if (!given.AsSpan().SequenceEqual(PooledStates))
            throw new PellucidException($"{path}: text_pooling_hidden_states is [{string.Join(", ", given)}]; MedCLIP averages the hidden states [{string.Join(", ", PooledStates)}]");
    }

    private static void RequireGelu(JsonElement tower, string path)
    {
        if (Has(tower, "hidden_act", out JsonElement activation) && activation.ToString() != "gelu")
            throw new PellucidException($"{path}: hidden_act is '{activation}'; MedCLIP's encoders use gelu");
    }

    private static JsonElement Part(JsonElement parent, string name) => Has(parent, name, out JsonElement part) ? part : default;

    private static float Epsilon(JsonElement tower, float fallback, string path)
    {
        float epsilon = Has(tower, "layer_norm_eps", out JsonElement e) ? e.GetSingle() : fallback;
        return epsilon is > 0 and < 1 ? epsilon : throw new PellucidException($"{path}: layer_norm_eps is {epsilon}, which makes no model (above 0 and below 1 is allowed)");
    }

    private static int Positive(JsonElement parent, string name, int fallback, string path)
    {
        int value = Has(parent, name, out JsonElement e) ? e.GetInt32() : fallback;
        return value is > 0 and <= MaxSize ? value : throw new PellucidException($"{path}: {name} is {value}, which makes no model (1 to {MaxSize} is allowed)");
    }

    private static bool Has(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out value);
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
}
