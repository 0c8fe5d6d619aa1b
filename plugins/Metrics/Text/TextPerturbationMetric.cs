using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Faithfulness;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>
/// Mean score of image and text while growing shares of the words are removed (Chefer, Gur, Wolf 2021, Generic attention-model explainability, section 5, perturbation of the text).
/// </summary>
/// <param name="options">Options.</param>
public sealed class TextPerturbationMetric(TextPerturbationOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ShortenedTexts.Traits(options.Order == RemovalOrder.MostRelevant ? MetricDirection.Lower : MetricDirection.Higher);

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => ShortenedTexts.Refusal(request);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => ShortenedTexts.MeasureAsync(
        request,
        words =>
        {
            // What is removed last comes first.
            int[] kept = words.Order(descending: options.Order == RemovalOrder.LeastRelevant);
            return [.. options.Steps.Select(s => kept[..(int)((1 - s) * kept.Length)])];
        },
        options.Steps, cancellationToken);
}
