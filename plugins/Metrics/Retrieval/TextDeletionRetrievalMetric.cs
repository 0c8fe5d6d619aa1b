using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>
/// Mean recall of retrieval between images and captions while the most important words of the captions are removed, one a step (Zhao et al. 2024, Grad-ECLIP, deletion of words). Over a data
/// set: all explained captions are changed, each by its own importances; images are looked for by the changed captions, and these by their images.
/// </summary>
/// <param name="options">Options.</param>
public sealed class TextDeletionRetrievalMetric(WordRetrievalOptions options) : IPooledMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = RetrievalState.Traits(MetricDirection.Lower, MetricNeeds.Words);

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => RetrievalState.Refusal(request);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) =>
        WordRetrieval.MeasureAsync(request, words => [.. Enumerable.Range(0, options.Steps + 1).Select(s => words.Order().Skip(s).ToArray())], cancellationToken);

    /// <inheritdoc/>
    public IMetricPool CreatePool() => new RetrievalPool(options.Question, Modality.Text, WordRetrieval.X);
}
