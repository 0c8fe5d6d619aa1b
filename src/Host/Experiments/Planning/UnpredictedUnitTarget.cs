using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Stands for the prediction of an image for which there can be none, so that the image is counted as failed and not lost.</summary>
/// <param name="Reason">Why there is no prediction.</param>
public sealed record UnpredictedUnitTarget(string Reason) : UnitTarget
{
    /// <inheritdoc/>
    public override string Kind => "unpredicted";

    /// <inheritdoc/>
    public override string Identity => "unpredicted";

    /// <inheritdoc/>
    public override string Description => "the predicted class";

    /// <inheritdoc/>
    public override Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken) =>
        Task.FromException<ExplanationTarget>(new PellucidException($"there is no prediction to explain: {Reason}"));
}
