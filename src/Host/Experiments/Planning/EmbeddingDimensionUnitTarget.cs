using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>One dimension of the image embedding.</summary>
/// <param name="Dimension">0 to E - 1.</param>
public sealed record EmbeddingDimensionUnitTarget(int Dimension) : UnitTarget
{
    /// <inheritdoc/>
    public override string Kind => "embedding-dimension";

    /// <inheritdoc/>
    public override string Identity => $"embedding-dimension(dimension={Dimension})";

    /// <inheritdoc/>
    public override string Description => $"embedding dimension {Dimension}";

    /// <inheritdoc/>
    public override Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken) =>
        Task.FromResult<ExplanationTarget>(new EmbeddingDimensionTarget(Dimension));
}
