using System.Text.Json;
using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of Quantus' randomization metrics. New weights are stored.</summary>
internal static class RandomizationCases
{
    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p) => c.Method switch
    {
        "MPRT" => Mprt(c, p),
        "SmoothMPRT" => SmoothMprt(c, p),
        "EfficientMPRT" => EfficientMprt(c, p),
        "RandomLogit" => RandomLogit(c, p),
        _ => null,
    };

    private static MetricCase Mprt(ManifestCase c, MetricParameters p)
    {
        bool average = p.Flag("return_average_correlation"), last = p.Flag("return_last_correlation");
        return Layered(c, p, "mprt", Cascade(p), last ? "value=last" : "value=average", "compat=quantus") with { Read = average || last ? MetricCase.Values : ByLayer(c) };
    }

    private static MetricCase SmoothMprt(ManifestCase c, MetricParameters p)
    {
        p.Ignore("device", "channel_first");
        bool average = p.Flag("return_average_correlation"), last = p.Flag("return_last_correlation");
        MetricCase layered = Layered(
            c, p, "smooth-mprt", Cascade(p), last ? "value=last" : "value=average", "compat=quantus", $"samples={p.Text("nr_samples", 300)}", $"noise-level={p.Text("noise_magnitude", 0.1)}");
        return layered with
        {
            Read = average || last ? MetricCase.Values : ByLayer(c),
            Adjust = (inputs, i, item) => FaithfulnessCases.Replay(layered.Adjust!(inputs, i, item), "noise", FaithfulnessCases.Along(inputs.Draw(c, "smprt_randn"), 1, i)),
        };
    }

    private static MetricCase EfficientMprt(ManifestCase c, MetricParameters p)
    {
        p.Expect("complexity_func", "discrete_entropy");
        p.Expect("complexity_func_kwargs", "{\"n_bins\": 100}", "{\"n_bins\":100}");
        p.Expect("similarity_func", "correlation_spearman");
        p.Expect("layer_order", "bottom_up", "top_down");
        p.Expect("skip_layers", "true");
        p.Ignore("compute_extra_scores");
        (string Name, string Detail)[] parts = [("scores", string.Empty), .. Names(c, "expl", "explanation"), .. Names(c, "model", "model")];
        return Layered(c, p, "efficient-mprt", "bins=100") with
        {
            Read = c.Scores is { ValueKind: JsonValueKind.Array }
                ? MetricCase.Values
                : (items, _) => ScoreParts.Of(parts.Select(n => (n.Name, (IReadOnlyList<double>)[.. items.Select(i => n.Detail.Length == 0 ? i.Value : i.Details[n.Detail])]))),
        };
    }

    private static MetricCase RandomLogit(ManifestCase c, MetricParameters p)
    {
        p.Ignore("num_classes", "seed", "softmax");
        return new MetricCase($"random-logit({string.Join(", ", p.Abs(), RobustnessCases.Scale(p), Similarity(p))})", MetricCase.Values)
        {
            Explainer = Explainers.Of(c, p),
            Adjust = (inputs, i, item) => FaithfulnessCases.Replay(item, "other", FaithfulnessCases.Along(inputs.Draw(c, "rl_off_index"), 1, i)),
        };
    }

    private static MetricCase Layered(ManifestCase c, MetricParameters p, string metric, params string[] options)
    {
        p.Ignore("seed", "softmax");
        return new MetricCase($"{metric}({string.Join(", ", [p.Abs(), RobustnessCases.Scale(p), .. options])})", MetricCase.Values)
        {
            Explainer = Explainers.Of(c, p),
            SuiteOptions = inputs => $"layers=[{string.Join(", ", inputs.RandomizedLayers.Layers.Select(l => $"\"{l}\""))}]",
            Adjust = (inputs, _, item) => inputs.RandomizedLayers.Draws(inputs.Tensor).Aggregate(item, (i, draw) => FaithfulnessCases.Replay(i, draw.Name, draw.Values)),
        };
    }

    private static string Cascade(MetricParameters p)
    {
        string order = p.Word("layer_order") switch
        {
            "bottom_up" => "bottom-up",
            "top_down" => "top-down",
            "independent" or null => "independent",
            _ => p.Refuse("layer_order", "independent"),
        };
        return $"order={order}, only-last={(p.Flag("skip_layers") ? "true" : "false")}, {Similarity(p)}";
    }

    private static string Similarity(MetricParameters p) => "similarity=" + p.Word("similarity_func") switch
    {
        "correlation_spearman" or null => "spearman",
        "correlation_pearson" => "pearson",
        "cosine" => "cosine",
        "ssim" => "ssim-flat",
        _ => p.Refuse("similarity_func", "spearman"),
    };

    private static ScoreReader ByLayer(ManifestCase c) => (items, _) => ScoreParts.Of(
        Members(c.Scores).Select(layer => (layer, (IReadOnlyList<double>)[.. items.Select(i => i.Details.GetValueOrDefault(RandomizedLayers.Name(layer), double.NaN))])));

    /// <summary>The library names what comes after the randomization by the last layer.</summary>
    private static IEnumerable<(string Name, string Detail)> Names(ManifestCase c, string part, string detail) =>
        c.Scores is { ValueKind: JsonValueKind.Object } scores && scores.TryGetProperty(part, out JsonElement parts)
            ? Members(parts).Select(name => ($"{part}/{name}", $"{detail}-{(name == "orig" ? "before" : "after")}"))
            : [];

    private static IEnumerable<string> Members(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } parts ? [.. parts.EnumerateObject().Select(m => m.Name)] : [];
}
