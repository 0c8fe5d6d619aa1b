using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Area under the score while features are filled, most relevant first (Bach et al. 2015, On pixel-wise explanations for non-linear classifier decisions by
/// layer-wise relevance propagation, section "Pixel-flipping"). Draw: <c>order</c> [features], the features in the order of their removal.
/// </summary>
/// <param name="options">Options.</param>
public sealed class PixelFlippingMetric(PixelFlippingOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = options.Order == RemovalOrder.MostRelevant ? MetricDirection.Lower : MetricDirection.Higher,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = ItemScore.Range(options.Score).Minimum,
        Maximum = options.Area == AreaScale.Normalized ? ItemScore.Range(options.Score).Maximum : double.PositiveInfinity,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, options.Features, options.Abs);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i => ChangedImages.Removing(
                features[i], [.. features[i].Order(options.Order == RemovalOrder.MostRelevant).Chunk(options.Step)], new Fill(options.Fill, colors, request.Items[i])),
            cancellationToken);
        return [.. scores.Select((s, i) => Result(s, features[i].Count))];
    }

    private MetricResult Result(double[] scores, int count)
    {
        MetricCurve curve = new(ItemScore.Name(options.Score), [.. scores.Select((_, k) => Math.Min(1.0, (double)k * options.Step / count))], scores);
        return MetricResult.Of(Curves.Area(curve, options.Area)) with { Curves = [curve] };
    }
}
