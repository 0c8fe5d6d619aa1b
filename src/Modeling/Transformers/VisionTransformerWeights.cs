using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a vision transformer with a class token.</summary>
public sealed record VisionTransformerWeights
{
    /// <summary>Patch embedding kernel (D, C, P, P); its bias is optional.</summary>
    public required AffineWeights PatchEmbedding { get; init; }

    /// <summary>Class token (D).</summary>
    public required Weight ClassEmbedding { get; init; }

    /// <summary>Position embeddings (1 + patches, D); row 0 belongs to the class token.</summary>
    public required Weight Positions { get; init; }

    /// <summary>Layer norm before the first block; null where there is none.</summary>
    public AffineWeights? PreNorm { get; init; }

    /// <summary>Blocks, first to last.</summary>
    public required IReadOnlyList<BlockWeights> Blocks { get; init; }

    /// <summary>Layer norm of the class token after the last block.</summary>
    public required AffineWeights PostNorm { get; init; }

    /// <summary>Projection into the joint space.</summary>
    public required ProjectionWeights Projection { get; init; }

    /// <summary>Side P of a patch.</summary>
    public int Patch => (int)PatchEmbedding.Weight.Shape[3];

    /// <summary>Side of the square patch grid that the position embeddings were trained for.</summary>
    /// <exception cref="PellucidException">The number of positions is not a square plus one.</exception>
    public int NativeGrid
    {
        get
        {
            int side = (int)Math.Round(Math.Sqrt(Positions.Shape[0] - 1));
            return (side * side) + 1 == Positions.Shape[0]
                ? side
                : throw new PellucidException($"{Positions.Shape[0]} position embeddings are not one class token and a square patch grid");
        }
    }
}
