namespace Pellucid.Abstractions.Explanations;

/// <summary>One dimension of the un-normalized embedding of the explained side.</summary>
/// <param name="Dimension">0 to E - 1.</param>
public sealed record EmbeddingDimensionTarget(int Dimension) : ExplanationTarget
{
    /// <inheritdoc/>
    public override string Kind => "embedding-dimension";

    /// <inheritdoc/>
    public override string Describe() => $"embedding dimension {Dimension}";
}
