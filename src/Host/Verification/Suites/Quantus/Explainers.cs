using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Explainers of the suite, as a user writes them.</summary>
internal static class Explainers
{
    /// <summary>The explainer of a case; a case with another one is not implemented.</summary>
    /// <param name="c">The case.</param>
    /// <param name="p">Its parameters.</param>
    public static string? Of(ManifestCase c, MetricParameters p) => (p.Word("explain_func") ?? c.Attribution) switch
    {
        "saliency" => "saliency(channels=sum)",
        "ixg" => "input-x-gradient",
        _ => p.Refuse<string?>("explain_func", null),
    };
}
