namespace Pellucid.Host.Experiments.Files;

/// <summary>Dimensions of the image embedding.</summary>
/// <param name="Dimensions">0 to E - 1.</param>
public sealed record EmbeddingDimensionChoice(IReadOnlyList<int> Dimensions) : TargetChoice
{
    /// <inheritdoc/>
    public override bool NeedsText => false;
}
