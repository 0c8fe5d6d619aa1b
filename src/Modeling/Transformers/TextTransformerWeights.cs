using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a causal text transformer.</summary>
public sealed record TextTransformerWeights
{
    /// <summary>Token embeddings (vocabulary, D).</summary>
    public required Weight TokenEmbedding { get; init; }

    /// <summary>Position embeddings (context length, D).</summary>
    public required Weight Positions { get; init; }

    /// <summary>Blocks, first to last.</summary>
    public required IReadOnlyList<BlockWeights> Blocks { get; init; }

    /// <summary>Layer norm after the last block.</summary>
    public required AffineWeights FinalNorm { get; init; }

    /// <summary>Projection into the joint space.</summary>
    public required ProjectionWeights Projection { get; init; }
}
