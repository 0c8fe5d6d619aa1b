using System.Globalization;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>Chooses the cheaper plan.</summary>
internal static class FusionPlanner
{
    /// <summary>
    /// Chooses, by the request alone: whether maps are kept is no part of it, as the same request is to give the same bytes and the same words whatever was asked before.
    /// Methods with gradients pay for each target that they explain: the texts, or all dimensions; methods that only evaluate the model pay for the evaluations,
    /// whatever the number of targets.
    /// </summary>
    /// <param name="asked">What the options say.</param>
    /// <param name="linear">Whether the inner explainer is linear in the target.</param>
    /// <param name="evaluatesOnly">Whether it only evaluates the model.</param>
    /// <param name="texts">Targets asked for.</param>
    /// <param name="dimensions">Embedding dimensions.</param>
    /// <returns>Fused or maps, and why.</returns>
    public static (FusionPlan Plan, string Why) Choose(FusionPlan asked, bool linear, bool evaluatesOnly, int texts, int dimensions)
    {
        if (asked != FusionPlan.Auto) return (asked, "as asked");
        if (!linear) return (FusionPlan.Maps, "the inner explainer is not linear in the target");
        if (evaluatesOnly) return (FusionPlan.Fused, "the inner explainer is linear in the target and evaluates the model once for all texts");
        return texts < dimensions
            ? (FusionPlan.Fused, string.Create(CultureInfo.InvariantCulture, $"the inner explainer is linear in the target, and there are fewer texts than the {dimensions} dimensions"))
            : (FusionPlan.Maps, string.Create(CultureInfo.InvariantCulture, $"there are as many texts as the {dimensions} dimensions, or more"));
    }
}
