using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of Quantus' complexity metrics.</summary>
internal static class ComplexityCases
{
    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p)
    {
        MetricCase? known = c.Method switch
        {
            "Complexity" => Of("complexity"),
            "EffectiveComplexity" => Of($"effective-complexity(compat=quantus, {p.Normalize()}, epsilon={p.Text("eps", 1e-5)})"),
            "MSTC" => Of(
                $"mst-complexity(compat=quantus, threshold={p.Text("threshold", 80)}, neighbors={p.Text("k", 20)}, connect={Word(p.Flag("auto_increase_k"))}, scale={Word(p.Flag("scale_score", true))})"),
            "Sparseness" => Of($"sparseness(compat=quantus, {p.Normalize()})"),
            _ => null,
        };
        if (known is null) return null;
        p.Expect("abs", "true");
        p.Ignore("softmax");
        p.NormalizationIsIdle();
        return known;
    }

    private static MetricCase Of(string spec) => new(spec, MetricCase.Values);

    private static string Word(bool flag) => flag ? "true" : "false";
}
