using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Options of <see cref="RandomLogitMetric"/>.</summary>
public sealed record RandomLogitOptions : RandomizationOptions
{
    /// <summary>How maps are compared.</summary>
    [Description("how maps are compared: ssim (Gaussian window), ssim-uniform (7 x 7), ssim-flat (as one line, Quantus), spearman, pearson, cosine")]
    public SimilarityMeasure Similarity { get; init; } = SimilarityMeasure.Ssim;
}
