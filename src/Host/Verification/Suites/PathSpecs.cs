using System.Globalization;
using System.Text.Json;

namespace Pellucid.Host.Verification.Suites;

/// <summary>Parameters of the methods along gradients and paths, as the suite "captum" writes them.</summary>
internal static class PathSpecs
{
    /// <summary>Those of integrated gradients.</summary>
    public static Dictionary<string, ParameterRule> IntegratedGradients { get; } = new(StringComparer.Ordinal)
    {
        ["n_steps"] = ExplainerSpecs.Count("steps"),
        ["method"] = Words(new(StringComparer.Ordinal)
        {
            ["gausslegendre"] = [("method", "gauss-legendre")],
            ["riemann_left"] = [("method", "riemann-left")],
            ["riemann_right"] = [("method", "riemann-right")],
            ["riemann_middle"] = [("method", "riemann-middle")],
            ["riemann_trapezoid"] = [("method", "trapezoid-library")],
        }),
        ["baseline"] = Baseline,
        ["multiply_by_inputs"] = ExplainerSpecs.Switch("multiply"),
    };

    /// <summary>Those of DeepLIFT.</summary>
    public static Dictionary<string, ParameterRule> DeepLift { get; } = new(StringComparer.Ordinal)
    {
        ["baseline"] = Baseline,
        ["eps"] = Number("eps"),
        ["multiply_by_inputs"] = ExplainerSpecs.Switch("multiply"),
        ["variant"] = Words(new(StringComparer.Ordinal) { ["+0 between relu and maxpool"] = [("max-pool", "rescale")] }),
    };

    /// <summary>Those of gradient SHAP.</summary>
    public static Dictionary<string, ParameterRule> GradientShap { get; } = new(StringComparer.Ordinal)
    {
        ["n_samples"] = ExplainerSpecs.Count("samples"),
        ["stdevs"] = Number("stdev"),
        ["noise"] = ExplainerSpecs.StoredAs("gradient-shap.noise"),
        ["baselines"] = ExplainerSpecs.StoredAs("gradient-shap.baselines"),
        ["baseline_index"] = ExplainerSpecs.StoredAs("gradient-shap.baseline-index"),
        ["coefficient"] = ExplainerSpecs.StoredAs("gradient-shap.coefficient"),
    };

    /// <summary>Those of the noise tunnel.</summary>
    public static Dictionary<string, ParameterRule> NoiseTunnel { get; } = new(StringComparer.Ordinal)
    {
        ["nt_type"] = Words(new(StringComparer.Ordinal)
        {
            ["smoothgrad"] = [("type", "smoothgrad")],
            ["smoothgrad_sq"] = [("type", "smoothgrad-sq")],
            ["vargrad"] = [("type", "vargrad")],
        }),
        ["nt_samples"] = ExplainerSpecs.Count("samples"),
        ["stdevs"] = Number("stdev"),
        ["base"] = Words(new(StringComparer.Ordinal)
        {
            ["saliency_signed"] = [("inner", "saliency(abs=false)")],
            ["saliency_abs"] = [("inner", "saliency")],
            ["inputxgradient"] = [("inner", "input-x-gradient")],
        }),
        ["noise"] = ExplainerSpecs.StoredAs("noise-tunnel.noise"),
    };

    /// <summary>A number that an option takes as it is.</summary>
    public static ParameterRule Number(string option) => (value, _) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? [(option, number.ToString("R", CultureInfo.InvariantCulture))] : null;

    private static (string, string)[]? Baseline(JsonElement value, int? modelHeads) =>
        value.ValueKind == JsonValueKind.String && value.GetString() == "zeros" ? [("baseline", "zero")] : ExplainerSpecs.Stored(value, "baseline");

    private static ParameterRule Words(Dictionary<string, (string, string)[]> words) => (value, _) =>
        value.ValueKind == JsonValueKind.String ? words.GetValueOrDefault(value.GetString()!) : null;
}
