using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Text;

namespace Pellucid.Plugins.Metrics.Interactions;

/// <summary>
/// Mean score while cells of the image and words of the text are removed, those first that interact most with what is left of the other (Baniecki et al. 2025, "Explaining similarity in vision-language encoders with weighted Banzhaf interactions", insertion and deletion curves for interactions). Lower is better.
/// </summary>
/// <param name="options">Options.</param>
public sealed class InteractionDeletionMetric(InteractionStepOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = InteractionSteps.Traits(MetricDirection.Lower);

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => ShortenedTexts.Refusal(request);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => InteractionSteps.MeasureAsync(
        request, options,
        players =>
        {
            int[] order = players.Removal(largest: true);
            return taken => order.Skip(taken);
        },
        cancellationToken);
}
