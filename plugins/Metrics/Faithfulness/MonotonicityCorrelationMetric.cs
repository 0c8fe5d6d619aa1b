using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Rank correlation, over groups of features, of the group's attribution with the mean squared change of the score when the group is filled at random, as a fraction of the
/// score (Nguyen, Martinez 2020, On quantitative aspects of model interpretability, section 4.2). Draw: <c>uniform</c> [groups, samples], or
/// [groups, samples, C], the values of <c>fill=uniform-scalar</c>; groups are ascending.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MonotonicityCorrelationMetric(MonotonicityCorrelationOptions options) : IMetric
{
    // Below this a score counts as zero and changes are not taken relative to it.
    private const double Smallest = 1e-5;

    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = -1,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, options.Features, options.Abs);
        int[][][] groups = [.. features.Select(f => f.Order(descending: false).Chunk(options.Step).ToArray())];
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i =>
            {
                Fill fill = new(options.Fill, colors, request.Items[i]);
                HostTensor? stored = Stored(features[i].Item, groups[i].Length);
                return new ChangedImages(
                    (groups[i].Length * options.Samples) + 1,
                    (step, image) =>
                    {
                        if (step == 0) return;
                        int width = stored is null ? 0 : stored.Length / (groups[i].Length * options.Samples);
                        ReadOnlySpan<float> values = stored is null ? [] : stored.Floats.Slice((step - 1) * width, width);
                        fill.Apply(image, features[i].Elements(groups[i][(step - 1) / options.Samples]), values);
                    },
                    Cumulative: false);
            },
            cancellationToken);
        return [.. scores.Select((s, i) => Result(s, [.. groups[i].Select(g => features[i].Sum(g))]))];
    }

    private MetricResult Result(double[] scores, double[] attributions)
    {
        double weight = Math.Abs(scores[0]) < Smallest ? 1 : 1 / (scores[0] * scores[0]);
        double[] changes = [.. Drops.Of(scores).Chunk(options.Samples).Select(c => c.Average(d => d * d) * weight)];
        return MetricResult.OfOrUndefined(Correlation.Spearman<double>(attributions, changes), Drops.Constant);
    }

    private HostTensor? Stored(MeasuredItem item, int groups)
    {
        if (item.Draws?.GetValueOrDefault("uniform") is not { } stored) return null;
        if (stored.Shape.Rank is not (2 or 3) || stored.Shape[0] != groups || stored.Shape[1] != options.Samples)
            throw new PellucidException($"the uniform values to replay are {stored.Shape}; [{groups}, {options.Samples}] is needed, or that with a value for each channel");
        return stored;
    }
}
