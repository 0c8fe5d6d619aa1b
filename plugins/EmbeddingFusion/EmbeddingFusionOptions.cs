using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>Options of <see cref="EmbeddingFusionExplainer"/>.</summary>
public sealed record EmbeddingFusionOptions
{
    /// <summary>The explainer that makes the map of each dimension.</summary>
    [Description("explainer that makes the map of each embedding dimension"), Required]
    public IExplainer? Inner { get; init; }

    /// <summary>How the sum is made.</summary>
    [Description("fused: one map of the weighted sum, for inner explainers that are linear in the target; maps: a map of every dimension, then their weighted sum; auto: the cheaper for this request, whatever is kept from earlier ones")]
    public FusionPlan Plan { get; init; } = FusionPlan.Auto;

    /// <summary>Dimensions that the inner explainer is asked about at once.</summary>
    [Description("plan maps: dimensions that the inner explainer is asked about at once; more take more memory"), Range(1, 4096)]
    public int Batch { get; init; } = 64;

    /// <summary>Whether the attribution of every input element is wanted beside the map.</summary>
    [Description("the attribution of every input element too, where the inner explainer has it; with plan maps four times the disk and memory")]
    public bool Elements { get; init; }
}
