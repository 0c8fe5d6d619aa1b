using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
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
        return await ErasedPixels.MeasureAsync(request, options, i => Plan(features[i], colors), startsWith: 0, cancellationToken);
    }

    private ChangedImages Plan(Features features, PixelColors? colors)
    {
        int[][] steps = ErasedPixels.Steps(features, options);
        Fill fill = new(options.Fill, colors, features.Item);
        HostTensor? stored = options.Fill == FillColor.Random ? features.Item.Draws?.GetValueOrDefault("random") : null;
        return new ChangedImages(
            (options.Steps / options.Every) + 1,
            (point, image) =>
            {
                for (int s = (point - 1) * options.Every; point > 0 && s < point * options.Every; s++)
                {
                    if (stored is null) fill.Apply(image, features.Elements(steps[s]));
                    else Replay(stored, s, steps[s], features, colors!, image);
                }
            },
            Cumulative: true);
    }

    private void Replay(HostTensor stored, int step, int[] pixels, Features features, PixelColors colors, float[] image)
    {
        int channels = image.Length / features.Count;
        if (stored.Shape.Rank != 3 || stored.Shape[0] < options.Steps || stored.Shape[1] < pixels.Length || stored.Shape[2] != channels)
            throw new PellucidException($"the random colors to replay are {stored.Shape}; [{options.Steps}, {pixels.Length}, {channels}] is needed");
        int width = (int)stored.Shape[1];
        for (int k = 0; k < pixels.Length; k++)
        {
            for (int c = 0; c < channels; c++)
            {
                double level = stored.Floats[(((step * width) + k) * channels) + c];
                if (options.Variant == EraseVariant.Repository) level = Math.Truncate((float)level * 255f) / 255;
                image[(c * features.Count) + pixels[k]] = colors.At(c, level);
            }
        }
    }
}
