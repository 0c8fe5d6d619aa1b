using System.Globalization;
using System.Text.Json;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>Parameters of the methods made for transformers, as the clip-explainers suite writes them.</summary>
internal static class TransformerSpecs
{
    /// <summary>Raw attention and Grad-CAM on tokens: the number of heads of the last block.</summary>
    public static readonly Dictionary<string, ParameterRule> LastBlock = new(StringComparer.Ordinal)
    {
        ["heads"] = Heads,
        ["feature"] = (value, _) => value.ValueKind == JsonValueKind.String && value.GetString() == "input of last block" ? [] : null,
    };

    /// <summary>GAME and rollout: the first block, -1 for the last alone.</summary>
    public static readonly Dictionary<string, ParameterRule> Start = new(StringComparer.Ordinal)
    {
        ["start_layer"] = ExplainerSpecs.Count("start"),
        ["start_layer_text"] = ExplainerSpecs.Count("text-start"),
    };

    /// <summary>MaskCLIP, which the suite's source smooths unless it says otherwise.</summary>
    public static readonly Dictionary<string, ParameterRule> MaskClip = new(StringComparer.Ordinal)
    {
        ["key_smoothing"] = (value, _) => value.ValueKind switch
        {
            JsonValueKind.True => [("smoothing", "class-token")],
            JsonValueKind.False => [("smoothing", "none")],
            _ => null,
        },
    };

    /// <summary>CLIP Surgery: what the parameters leave open is in the id.</summary>
    public static readonly Dictionary<string, ParameterRule> Surgery = new(StringComparer.Ordinal)
    {
        ["surgery_blocks"] = ExplainerSpecs.Count("blocks"),
        ["feature_surgery"] = (value, _) => value.ValueKind switch
        {
            JsonValueKind.True => [("redundant", "texts")],
            JsonValueKind.False => [("redundant", "none")],
            _ => null,
        },
        ["redundant"] = (value, _) => value.ToString() == "empty string" ? [("redundant", "empty-text")] : null,
        ["normalise_dim"] = (value, _) => value.ToString() switch
        {
            "1" => [("normalization", "channel")],
            "2" or "-1" => [("normalization", "token")],
            _ => null,
        },
        ["text"] = (value, _) => value.ToString() == "prompt ensemble" ? [] : null,
        ["source"] = ExplainerSpecs.Ignored,
    };

    /// <summary>M2IB on either side.</summary>
    /// <param name="layer">Option of the side for the block.</param>
    public static Dictionary<string, ParameterRule> Bottleneck(string layer) => new(StringComparer.Ordinal)
    {
        ["layer"] = ExplainerSpecs.Count(layer),
        ["beta"] = Number("beta"),
        ["var"] = (value, _) => value.ValueKind == JsonValueKind.Number && value.GetDouble() == 1 ? [] : null,
        ["lr"] = Number("learning-rate"),
        ["steps"] = ExplainerSpecs.Count("steps"),
        ["batch_size"] = ExplainerSpecs.Count("samples"),
        ["alpha_init"] = Number("initial-alpha"),
        ["optimizer"] = (value, _) => value.ToString().Replace(" ", string.Empty, StringComparison.Ordinal) == "Adam(betas0.9,0.999,eps1e-8)" ? [] : null,
        ["torch_seed"] = ExplainerSpecs.Ignored,
        ["noise_tensor"] = ExplainerSpecs.Ignored,
        ["causal_mask"] = ExplainerSpecs.Switch("causal"),
    };

    /// <summary>The stored noise of M2IB.</summary>
    public static StoredDraw[] BottleneckDraws(ManifestCase c) =>
        c.Params.TryGetValue("noise_tensor", out JsonElement key) && key.ValueKind == JsonValueKind.String
            ? [new StoredDraw(c.Method == "m2ib_text" ? "text-noise" : "noise", key.GetString()!, "intermediates")]
            : [];

    /// <summary>The variant of CLIP Surgery that an id names.</summary>
    public static (string Option, string Value)[]? SurgeryVariant(string id) => Form(id) switch
    {
        "plain" or "original_clip" or "text_ensemble" => [("redundant", "none")],
        "feature" or "feature_ensemble" => [("redundant", "texts")],
        "redundant_empty" => [("redundant", "empty-text")],
        "emap_dim1" or "emap_ensemble" => [("redundant", "texts"), ("normalization", "channel")],
        _ => null,
    };

    /// <summary>Stored prompts and the stored embedding of the empty text, where the id asks for them.</summary>
    public static StoredDraw[] SurgeryDraws(ManifestCase c) =>
    [
        .. Form(c.Id).EndsWith("_ensemble", StringComparison.Ordinal) ? [new StoredDraw("prompt-ids", "clipsurgery.prompt_ids", "intermediates")] : Array.Empty<StoredDraw>(),
        .. Form(c.Id) == "redundant_empty" ? [new StoredDraw("empty-text", "text_embeds_normalized_empty", "intermediates")] : Array.Empty<StoredDraw>(),
    ];

    /// <summary>The last part of an id that is no picture form.</summary>
    public static string Form(string id) => id.Split('.').Last(p => p != "final");

    private static ParameterRule Number(string option) => (value, _) =>
        value.ValueKind == JsonValueKind.Number ? [(option, value.GetDouble().ToString("R", CultureInfo.InvariantCulture))] : null;

    private static (string, string)[]? Heads(JsonElement value, int? modelHeads)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int heads)) return null;
        if (heads == 1) return [("heads", "single")];
        return heads == modelHeads ? [("heads", "native")] : null;
    }
}
