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
            request, options, i => Plan(features[i], colors), startsWith: options.Variant == EraseVariant.Repository ? 1 : 0, cancellationToken);
    }

    private ChangedImages Plan(Features features, PixelColors? colors)
    {
        int[][] steps = ErasedPixels.Steps(features, options);
        Fill fill = new(options.Fill, colors, features.Item);
        bool repository = options.Variant == EraseVariant.Repository;
        int points = (options.Steps / options.Every) + 1;
        return new ChangedImages(
            points,
            (point, image) =>
            {
                if (point == 0) fill.ApplyToAll(image);
                if (repository && point == points - 1)
                {
                    features.Item.Image.Pixels.Floats.CopyTo(image);
                    return;
                }

                // The repository's first point has the pixels of the first steps already.
                int until = (repository ? point + 1 : point) * options.Every;
                for (int s = Math.Max(0, until - options.Every); s < until; s++)
                {
                    foreach (int e in features.Elements(steps[s])) image[e] = features.Item.Image.Pixels.Floats[e];
                }
            },
            Cumulative: true);
    }
}
