using System.Text.RegularExpressions;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of Quantus' robustness metrics.</summary>
internal static partial class RobustnessCases
{
    private const string Norm = "distance_euclidean";

    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p) => c.Method switch
    {
        "MaxSensitivity" => Sensitivity(c, p, "max-sensitivity"),
        "AvgSensitivity" => Sensitivity(c, p, "avg-sensitivity"),
        "LocalLipschitzEstimate" => Lipschitz(c, p),
        "RelativeInputStability" => Stability(c, p, "relative-input-stability"),
        "RelativeOutputStability" => Stability(c, p, "relative-output-stability"),
        "RelativeRepresentationStability" => Stability(c, p, "relative-representation-stability", $"tap=\"{Tap(p)}\""),
        "Continuity" => Continuity(c, p),
        "Consistency" => Consistency(p),
        _ => null,
    };

    private static MetricCase Sensitivity(ManifestCase c, MetricParameters p, string metric)
    {
        p.Expect("similarity_func", "difference");
        p.Expect("norm_numerator", "fro_norm");
        p.Expect("norm_denominator", "fro_norm");
        p.Expect("max_func", "nanmax", "amax");
        p.Expect("mean_func", "nanmean", "mean");
        return Noisy(c, p, metric);
    }

    private static MetricCase Lipschitz(ManifestCase c, MetricParameters p)
    {
        p.Expect("similarity_func", "lipschitz_constant");
        p.Expect("norm_numerator", Norm);
        p.Expect("norm_denominator", Norm);
        p.Expect("max_func", "nanmax");
        return Noisy(c, p, "local-lipschitz");
    }

    private static MetricCase Stability(ManifestCase c, MetricParameters p, string metric, params string[] options)
    {
        p.Ignore("_nr_samples", "_layer_indices");
        return Noisy(c, p, metric, [$"epsilon={p.Text("_eps_min", 1e-6)}", .. options]);
    }

    private static MetricCase Noisy(ManifestCase c, MetricParameters p, string metric, params string[] options)
    {
        // The noise is stored; the score is that of the explanation.
        p.Ignore("perturb_func", "nr_samples", "softmax");
        string? draw = c.Draws.Keys.FirstOrDefault(k => k.StartsWith("noise", StringComparison.Ordinal));
        if (draw is null) p.Refuse("perturb_func", false);
        return new MetricCase($"{metric}({string.Join(", ", [p.Abs(), Scale(p), OnChange(c), .. options])})", MetricCase.Values)
        {
            Explainer = Explainers.Of(c, p),
            Adjust = (inputs, i, item) => FaithfulnessCases.Replay(item, "noise", FaithfulnessCases.Along(inputs.Draw(c, draw!), 1, i)),
        };
    }

    private static MetricCase Continuity(ManifestCase c, MetricParameters p)
    {
        p.Expect("nr_patches", "null");
        p.Ignore("softmax");
        string change = p.Flag("return_nan_when_prediction_changes") ? "on-change=undefined" : "on-change=keep";
        return new MetricCase($"continuity({string.Join(", ", p.Abs(), Scale(p), change, p.Fill(), $"steps={p.Text("nr_steps", 28)}")})", MetricCase.Values) { Explainer = Explainers.Of(c, p) };
    }

    private static MetricCase Consistency(MetricParameters p)
    {
        p.Expect("discretise_func", "top_n_sign");
        p.Ignore("softmax", "explain_func");
        p.NormalizationIsIdle();
        return new MetricCase($"consistency(code=first-signs, n=5, compat=quantus, {p.Abs()})", MetricCase.Values);
    }

    /// <summary>The names of cases say where samples that change the prediction make the score NaN.</summary>
    private static string OnChange(ManifestCase c) => c.Id.Split('.', '_').Contains("nan", StringComparer.Ordinal) ? "on-change=undefined" : "on-change=keep";

    /// <summary><c>normalise</c> and <c>normalise_func</c>, as an option.</summary>
    public static string Scale(MetricParameters p)
    {
        if (!p.Flag("normalise"))
        {
            p.Ignore("normalise_func");
            return "normalize=none";
        }

        return p.Word("normalise_func") switch
        {
            "normalise_by_max" or null => "normalize=batch-max",
            "normalise_by_average_second_moment_estimate" => "normalize=batch-rms",
            _ => p.Refuse("normalise_func", "normalize=none"),
        };
    }

    private static string Tap(MetricParameters p)
    {
        string[] layers = p.Words("_layer_names");
        if (layers is ["visual.ln_post"]) return "vision.ln_post";
        return layers is [{ } block] && Block().Match(block) is { Success: true } match ? $"vision.blocks.{match.Groups["number"].Value}.output" : p.Refuse("_layer_names", string.Empty);
    }

    [GeneratedRegex(@"^visual\.transformer\.resblocks\.(?<number>\d+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
