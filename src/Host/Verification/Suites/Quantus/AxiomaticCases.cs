using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of Quantus' axiomatic metrics.</summary>
internal static class AxiomaticCases
{
    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p) => c.Engine is not ("head" or "v053") ? null : c.Method switch
    {
        "Completeness" => Completeness(p),
        "NonSensitivity" => NonSensitivity(c, p),
        "InputInvariance" => InputInvariance(c, p),
        _ => null,
    };

    private static MetricCase Completeness(MetricParameters p)
    {
        p.Expect("output_func", "identity");
        return new MetricCase($"completeness({string.Join(", ", p.Abs(), p.Score(), p.Fill(), p.Normalize(), "compat=quantus")})", MetricCase.Values);
    }

    private static MetricCase NonSensitivity(ManifestCase c, MetricParameters p) => new(
        $"non-sensitivity({string.Join(", ", FaithfulnessCases.FeaturesOf(c), p.Abs(), p.Score(), p.Fill(), p.Normalize(), $"step={p.Text("features_in_step", 1)}", $"epsilon={p.Text("eps", 1e-5)}", "count=true")})",
        MetricCase.Values);

    private static MetricCase InputInvariance(ManifestCase c, MetricParameters p)
    {
        p.Ignore("softmax");
        p.NormalizationIsIdle();
        if (p.Flag("abs")) p.Refuse("abs", false);
        return new MetricCase($"input-invariance(compat=quantus, shift={p.ShiftOf("perturb_func")})", MetricCase.Values) { Explainer = Explainers.Of(c, p) };
    }
}
