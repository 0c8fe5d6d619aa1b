namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>How the weighted sum of the maps of all embedding dimensions is made.</summary>
public enum FusionPlan
{
    /// <summary>
    /// The cheaper of the two for the request alone; <see cref="Maps"/> where the inner explainer is not linear in the target. Maps that happen to be kept do not count:
    /// the plans differ by the rounding of maps to 16-bit steps, and equal requests give equal bytes.
    /// </summary>
    Auto,

    /// <summary>One map of the weighted sum of the dimensions.</summary>
    Fused,

    /// <summary>A map of every dimension, then their weighted sum.</summary>
    Maps,
}
