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
        Minimum = options.Score == MeasuredScore.Probability ? 0 : double.NegativeInfinity,
        Maximum = options is { Score: MeasuredScore.Probability, Area: AreaScale.Normalized } ? 1 : double.PositiveInfinity,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, options.Features, options.Abs);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i =>
            {
                int[][] groups = [.. features[i].Order(options.Order == RemovalOrder.MostRelevant).Chunk(options.Step)];
                Fill fill = new(options.Fill, colors, request.Items[i]);
                return new ChangedImages(
                    groups.Length + 1,
                    (step, image) =>
                    {
                        if (step > 0) fill.Apply(image, features[i].Elements(groups[step - 1]));
                    },
                    Cumulative: true);
            },
            cancellationToken);
        return [.. scores.Select((s, i) => Result(s, features[i].Count))];
    }

    private MetricResult Result(double[] scores, int count)
    {
        MetricCurve curve = new(Curves.Name(options.Score), [.. scores.Select((_, k) => Math.Min(1.0, (double)k * options.Step / count))], scores);
        return MetricResult.Of(Curves.Area(curve, options.Area)) with { Curves = [curve] };
    }
}
