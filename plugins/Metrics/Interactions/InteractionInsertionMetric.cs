using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Text;

namespace Pellucid.Plugins.Metrics.Interactions;

/// <summary>
/// Mean score while cells of an empty image and words of an empty text come back, in the reverse of the order in which those are removed that interact least with what is left of the other (Baniecki et al. 2025, "Explaining similarity in vision-language encoders with weighted Banzhaf interactions", insertion and deletion curves for interactions). Higher is better.
/// </summary>
/// <param name="options">Options.</param>
public sealed class InteractionInsertionMetric(InteractionStepOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = InteractionSteps.Traits(MetricDirection.Higher);

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => ShortenedTexts.Refusal(request);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => InteractionSteps.MeasureAsync(
        request, options,
        players =>
        {
            int[] order = players.Removal(largest: false);
            return taken => order.TakeLast(taken);
        },
        cancellationToken);
}
