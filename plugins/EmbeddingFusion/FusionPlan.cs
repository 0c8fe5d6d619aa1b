namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>How the weighted sum of the maps of all embedding dimensions is made.</summary>
public enum FusionPlan
{
    /// <summary>The cheaper of the two that give the same numbers; <see cref="Maps"/> where the inner explainer is not linear in the target.</summary>
    Auto,

    /// <summary>One map of the weighted sum of the dimensions.</summary>
    Fused,

    /// <summary>A map of every dimension, then their weighted sum.</summary>
    Maps,
}
