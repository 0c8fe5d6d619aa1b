using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>
/// Mean recall of retrieval between images and captions while the most important pixels of the images are deleted (Zhao et al. 2024, Grad-ECLIP, section "Faithfulness", retrieval). Over a data
/// set: all its images are changed, each by its own map, and looked for by their captions; captions are looked for by the changed images.
/// </summary>
/// <param name="options">Options.</param>
public sealed class DeletionRetrievalMetric(DeletionRetrievalOptions options) : IPooledMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = RetrievalState.Traits(MetricDirection.Lower, MetricNeeds.Map);

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => RetrievalState.Refusal(request);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Pixels, absolute: false);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        float[][][] embeddings = await RetrievalState.EmbedImagesAsync(request, i => ErasedImages.Deleting(features[i], options, options.Fill, colors), cancellationToken);
        return [.. request.Items.Select((item, i) => RetrievalState.Of(item, embeddings[i][0], embeddings[i][1..]))];
    }

    /// <inheritdoc/>
    public IMetricPool CreatePool() => new RetrievalPool(options.Question, Modality.Image, points => ErasedPixels.X(options, points, startsWith: 0));
}
