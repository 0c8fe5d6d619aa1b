using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Mean score while the most important pixels are deleted (Zhao et al. 2024, Grad-ECLIP, section "Faithfulness"; Petsiuk, Das, Saenko 2018, RISE). Draws: <c>order</c> [H*W], pixels in the order of
/// deletion; <c>random</c> [steps, pixels of a step, C] in [0, 1), the colors of <c>fill=random</c> between black and white.
/// </summary>
/// <param name="options">Options.</param>
public sealed class DeletionMetric(DeletionOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ErasedPixels.Traits(options, MetricDirection.Lower);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Pixels, absolute: false);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        return await ErasedPixels.MeasureAsync(request, options, i => ErasedImages.Deleting(features[i], options, options.Fill, colors), startsWith: 0, cancellationToken);
    }
}
