using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Stands for the prediction of an image for which there can be none, so that the image is counted as failed and not lost.</summary>
/// <param name="Reason">Why there is no prediction.</param>
public sealed record UnpredictedUnitTarget(string Reason) : UnitTarget
{
    /// <summary>Stands for targets of which one would have been predicted, for the explainers of any of them.</summary>
    public static UnpredictedUnitTarget For(IReadOnlyCollection<UnitTarget> targets, string reason) => new(reason)
    {
        Explainers = targets.Any(t => t.Explainers.Count == 0) ? [] : [.. targets.SelectMany(t => t.Explainers).Distinct(StringComparer.Ordinal)],
    };

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
