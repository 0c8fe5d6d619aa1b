using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Mean score while the most important pixels are put onto an empty image (Zhao et al. 2024, Grad-ECLIP, section "Faithfulness"; Petsiuk, Das, Saenko 2018, RISE). Draw: <c>order</c> [H*W], pixels in the
/// order of insertion.
/// </summary>
/// <param name="options">Options.</param>
public sealed class InsertionMetric(InsertionOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ErasedPixels.Traits(options, MetricDirection.Higher);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Pixels, absolute: false);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        return await ErasedPixels.MeasureAsync(
            request, options, i => ErasedImages.Inserting(features[i], options, options.Fill, colors), ErasedImages.InsertionStart(options), cancellationToken);
    }
}
