using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// The table from published methods and their parameters to explainers of this program. A method, parameter or value that is
/// not in it is not implemented.
/// </summary>
internal static partial class ExplainerSpecs
{
    /// <summary>Before the name of an "option" that is a stored tensor to replay.</summary>
    private const string DrawPrefix = "extra:";

    private static readonly Dictionary<string, ParameterRule> GradEclip = new(StringComparer.Ordinal)
    {
        ["heads"] = Heads,
        ["weight"] = Choice(new(StringComparer.Ordinal)
        {
            ["cos"] = [("similarity", "cosine")],
            ["softmax"] = [("weight", "softmax")],
            ["one"] = [("weight", "one")],
            ["cos_out_proj"] = [("similarity", "cosine"), ("projected", "true")],
        }),
        ["w_i"] = InnerProductOrCosine,
        ["source"] = Ignored,
        ["input"] = Ignored,
    };

    private static readonly Dictionary<string, ParameterRule> Layer = new(StringComparer.Ordinal) { ["layer"] = LayerMethods.Layer };

    private static readonly Dictionary<string, ParameterRule> Cam = With(Layer, "batch", Ignored);

    private static readonly Dictionary<string, Method> Methods = new(StringComparer.Ordinal)
    {
        // The published code compares by cosine where it does not say otherwise; the explainer's default is the paper's inner product.
        ["grad_eclip_image"] = new("grad-eclip", With(GradEclip, "layers", Count("layers")), [("similarity", "cosine")]),
        ["grad_eclip_text"] = new("grad-eclip", With(GradEclip, "layers", Count("text-layers")), [("similarity", "cosine")]),
        ["Saliency"] = new("saliency", With([], "abs", Switch("abs")), []),
        ["InputXGradient"] = new("input-x-gradient", [], []),
        ["LayerActivation"] = new("layer-activation", Layer, []),
        ["LayerGradientXActivation"] = new("layer-gradient-x-activation", With(Layer, "multiply_by_inputs", Switch("multiply")), []),
        ["LayerGradCam"] = new("layer-grad-cam", With(Layer, "relu_attributions", Switch("relu")), []),
        ["LayerAttribution.interpolate"] = new("layer-grad-cam", With(With(Layer, "size", Ignored), "mode", Choice(new(StringComparer.Ordinal)
        {
            ["nearest"] = [("interpolate", "nearest")],
            ["bilinear"] = [("interpolate", "bilinear")],
        })), []),
        ["GradCAM"] = new("grad-cam", Cam, []),
        ["GradCAMPlusPlus"] = new("grad-cam-plus-plus", Cam, []),
        ["XGradCAM"] = new("xgrad-cam", Cam, []),
        ["LayerCAM"] = new("layer-cam", Cam, []),
        ["ScoreCAM"] = new("score-cam", Cam, []),
        ["AblationCAM"] = new("ablation-cam", Cam, []),
        ["EigenCAM"] = new("eigen-cam", Cam, []),
        ["GuidedGradCam"] = new("guided-grad-cam", With(Layer, "interpolate_mode", Choice(new(StringComparer.Ordinal)
        {
            ["nearest"] = [("interpolation", "nearest")],
            ["bilinear"] = [("interpolation", "bilinear")],
        })), []),
        ["FullGrad"] = new("full-grad", With(Cam, "layer", Ignored), []),
        ["IntegratedGradients"] = new("integrated-gradients", PathSpecs.IntegratedGradients, []),
        ["IntegratedGradients.delta"] = new("integrated-gradients", PathSpecs.IntegratedGradients, []) { Detail = "convergence_delta" },
        ["GradientShap"] = new("gradient-shap", PathSpecs.GradientShap, []),
        ["GradientShap.delta"] = new("gradient-shap", PathSpecs.GradientShap, []) { Detail = "convergence_delta" },
        ["NoiseTunnel"] = new("noise-tunnel", PathSpecs.NoiseTunnel, [("relative", "false")]),
        ["GuidedBackprop"] = new("guided-backprop", [], []),
        ["Deconvolution"] = new("deconvolution", [], []),
        ["DeepLift"] = new("deep-lift", PathSpecs.DeepLift, []),
        ["DeepLift.delta"] = new("deep-lift", PathSpecs.DeepLift, []) { Detail = "convergence_delta" },
        ["LayerDeepLift"] = new("layer-deep-lift", With(PathSpecs.DeepLift, "layer", LayerMethods.Layer), []) { Detail = "layer" },
        ["LRP"] = new("lrp", RelevanceSpecs.Epsilon, []),
        ["LRP.delta"] = new("lrp", RelevanceSpecs.Epsilon, RelevanceSpecs.Captum) { Detail = "relevance_delta" },
        ["Occlusion"] = new("occlusion", PerturbationSpecs.Occlusion, []),
        ["FeatureAblation"] = new("feature-ablation", PerturbationSpecs.Features, []),
        ["ShapleyValueSampling"] = new("shapley-sampling", With(PerturbationSpecs.Features, "permutations", StoredAs("permutations")), []),
        ["ShapleyValues"] = new("shapley-values", PerturbationSpecs.Features, []),
        ["KernelShap"] = new("kernel-shap", PerturbationSpecs.Samples, []) { Detail = "region-values" },
        ["Lime"] = new("lime", PerturbationSpecs.Samples, [], PerturbationSpecs.LimeVariant) { Detail = "region-values" },
        ["raw_attention"] = new("raw-attention", TransformerSpecs.LastBlock, []),
        ["rollout"] = new("attention-rollout", TransformerSpecs.Start, []),
        ["grad_cam"] = new("token-grad-cam", TransformerSpecs.LastBlock, []),
        ["game_image"] = new("game", TransformerSpecs.Start, []),
        ["game_text"] = new("game", TransformerSpecs.Start, []),
        ["maskclip"] = new("mask-clip", TransformerSpecs.MaskClip, [("smoothing", "class-token")]),
        ["clip_surgery"] = new("clip-surgery", TransformerSpecs.Surgery, [], TransformerSpecs.SurgeryVariant) { DrawsOf = TransformerSpecs.SurgeryDraws },
        ["m2ib_image"] = new("m2ib", TransformerSpecs.Bottleneck("layer"), []) { DrawsOf = TransformerSpecs.BottleneckDraws },
        ["m2ib_text"] = new("m2ib", TransformerSpecs.Bottleneck("text-layer"), []) { DrawsOf = TransformerSpecs.BottleneckDraws },
        ["rise"] = new("rise", PerturbationSpecs.Rise, []) { Draws = [new StoredDraw("masks", "rise.masks", "intermediates")] },
    };

    /// <summary>The explainer of a case.</summary>
    /// <param name="method">Method name in the manifest.</param>
    /// <param name="c">The case, for its parameters.</param>
    /// <param name="modelHeads">Attention heads of the explained encoder; null where it is no transformer.</param>
    public static SpecMapping Map(string method, ManifestCase c, int? modelHeads = null)
    {
        if (!Methods.TryGetValue(method, out Method? known)) return new(null, "no explainer of this method");
        var draws = new List<StoredDraw>([.. known.Draws, .. known.DrawsOf?.Invoke(c) ?? []]);
        var options = known.Always.ToDictionary(o => o.Option, o => o.Value, StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in c.Params)
        {
            if (!known.Parameters.TryGetValue(name, out ParameterRule? rule)) return new(null, $"{known.Explainer} has nothing for the parameter {name}");
            if (rule(value, modelHeads) is not { } given) return new(null, $"{known.Explainer} has nothing for {name} = {value.GetRawText()}");
            foreach ((string option, string text) in given)
            {
                if (option.StartsWith(DrawPrefix, StringComparison.Ordinal)) draws.Add(new StoredDraw(option[DrawPrefix.Length..], text));
                else options[option] = text;
            }
        }

        if (known.OfId is not null)
        {
            if (known.OfId(c.Id) is not { } given) return new(null, $"{known.Explainer} has nothing for the variant that the id {c.Id} names");
            foreach ((string option, string text) in given) options[option] = text;
        }

        if (LayerMethods.Form(c) is not { } form) return new(null, $"{known.Explainer} has no form '{c.LastPart}'");
        foreach ((string option, string text) in form) options[option] = text;

        return new(options.Count == 0 ? known.Explainer : $"{known.Explainer}({string.Join(", ", options.Select(o => $"{o.Key}={o.Value}"))})", null, draws, known.Detail);
    }

    /// <summary>A value <c>extra:NAME</c>: the stored tensor NAME, which the explainer replays under a name of its own.</summary>
    public static ParameterRule StoredAs(string draw) => (value, _) => Stored(value, draw);

    /// <summary>The same for a value that may be something else: null where it is.</summary>
    public static (string, string)[]? Stored(JsonElement value, string draw) =>
        value.ValueKind == JsonValueKind.String && StoredTensor().Match(value.GetString()!) is { Success: true } match
            ? [(DrawPrefix + draw, match.Groups["key"].Value)]
            : null;

    public static ParameterRule Count(string option) => (value, _) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) ? [(option, count.ToString(CultureInfo.InvariantCulture))] : null;

    public static ParameterRule Switch(string option) => (value, _) => value.ValueKind switch
    {
        JsonValueKind.True => [(option, "true")],
        JsonValueKind.False => [(option, "false")],
        _ => null,
    };

    private static ParameterRule Choice(Dictionary<string, (string, string)[]> choices) => (value, _) =>
        value.ValueKind == JsonValueKind.String ? choices.GetValueOrDefault(value.GetString()!) : null;

    /// <summary>One head: the paper's single-head attention; the model's own number: the model as it is.</summary>
    private static (string, string)[]? Heads(JsonElement value, int? modelHeads)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int heads)) return null;
        if (heads == 1) return [("function", "single-head")];
        return heads == modelHeads ? [("function", "native")] : null;
    }

    private static (string, string)[]? InnerProductOrCosine(JsonElement value, int? modelHeads)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
        if (text.StartsWith("inner product", StringComparison.OrdinalIgnoreCase) || text == "dot") return [("similarity", "dot")];
        return text.StartsWith("cos", StringComparison.OrdinalIgnoreCase) ? [("similarity", "cosine")] : null;
    }

    /// <summary>Parameters that tell where the numbers come from and change nothing.</summary>
    public static (string, string)[]? Ignored(JsonElement value, int? modelHeads) => [];

    private static Dictionary<string, ParameterRule> With(Dictionary<string, ParameterRule> rules, string name, ParameterRule rule) =>
        new(rules, StringComparer.Ordinal) { [name] = rule };

    [GeneratedRegex("^extra:(?<key>[^\\s,]+)(, all channels| \\(.*\\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoredTensor();

    private sealed record Method(
        string Explainer, Dictionary<string, ParameterRule> Parameters, (string Option, string Value)[] Always, Func<string, (string Option, string Value)[]?>? OfId = null)
    {
        /// <summary>Stored tensors that every case replays.</summary>
        public StoredDraw[] Draws { get; init; } = [];

        /// <summary>Stored tensors that a case replays by its parameters or id.</summary>
        public Func<ManifestCase, StoredDraw[]>? DrawsOf { get; init; }

        /// <summary>The tensor of the explanation's details that references hold; null for the elements' attribution.</summary>
        public string? Detail { get; init; }
    }
}
