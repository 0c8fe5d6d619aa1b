namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a Swin transformer.</summary>
/// <param name="PatchEmbedding">Kernel (C, channels, patch, patch) and bias (C).</param>
/// <param name="EmbeddingNorm">Layer norm of the patches.</param>
/// <param name="Stages">Stages, first to last.</param>
/// <param name="FinalNorm">Layer norm of the last tokens.</param>
public sealed record SwinWeights(AffineWeights PatchEmbedding, AffineWeights EmbeddingNorm, IReadOnlyList<SwinStageWeights> Stages, AffineWeights FinalNorm)
{
    /// <summary>Side of a patch in pixels.</summary>
    public int Patch => (int)PatchEmbedding.Weight.Shape[^1];

    /// <summary>Pixels of one cell of the last grid: sides of an image must be multiples of it.</summary>
    public int Step => Patch << (Stages.Count - 1);
}
