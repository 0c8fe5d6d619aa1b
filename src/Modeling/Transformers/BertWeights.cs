using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a BERT encoder of width D.</summary>
public sealed record BertWeights
{
    /// <summary>Word embeddings (vocabulary, D).</summary>
    public required Weight Words { get; init; }

    /// <summary>Position embeddings (positions, D).</summary>
    public required Weight Positions { get; init; }

    /// <summary>Token type embeddings (types, D), of which only row 0 is used; null where the model has none.</summary>
    public Weight? TokenTypes { get; init; }

    /// <summary>Layer norm of the sum of embeddings.</summary>
    public required AffineWeights EmbeddingNorm { get; init; }

    /// <summary>Layers, first to last; their norms stand behind the sums.</summary>
    public required IReadOnlyList<BlockWeights> Layers { get; init; }
}
