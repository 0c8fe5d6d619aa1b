using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>
/// Mean score of image and text while the most important words are put into an empty text, one a step (Zhao et al. 2024, Grad-ECLIP, insertion of words). Words keep their order.
/// </summary>
/// <param name="options">Options.</param>
public sealed class TextInsertionMetric(WordStepOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ShortenedTexts.Traits(MetricDirection.Higher);

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => ShortenedTexts.Refusal(request);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => ShortenedTexts.MeasureAsync(
        request,
        words => [.. Enumerable.Range(0, options.Steps + 1).Select(s => words.Order().Take(s).ToArray())],
        [.. Enumerable.Range(0, options.Steps + 1).Select(s => (double)s)],
        cancellationToken);
}
