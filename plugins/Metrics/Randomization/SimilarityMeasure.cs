namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>How two maps are compared.</summary>
public enum SimilarityMeasure
{
    /// <summary>Spearman's rank correlation.</summary>
    Spearman,

    /// <summary>Pearson's correlation.</summary>
    Pearson,

    /// <summary>Cosine of the angle between the maps.</summary>
    Cosine,

    /// <summary>Structural similarity with the Gaussian window of Wang et al. 2004.</summary>
    Ssim,

    /// <summary>Structural similarity with a uniform window of seven values an axis.</summary>
    SsimUniform,

    /// <summary>Structural similarity of the maps as one line of values, with a uniform window of seven (Quantus).</summary>
    SsimFlat,
}
