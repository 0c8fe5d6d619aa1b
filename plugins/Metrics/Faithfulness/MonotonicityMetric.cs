using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// 1 if the score never falls while features are put onto an empty image, least relevant first, else 0 (Arya et al. 2019, One explanation does not fit all,
/// section "Monotonicity"; Luss et al. 2019). The detail <c>rising</c> is the share of steps that do not fall.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MonotonicityMetric(MonotonicityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = 0,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, options.Features, options.Abs);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(request, options.Score, i => Plan(features[i], new Fill(options.Fill, colors, request.Items[i])), cancellationToken);
        return [.. scores.Select((s, i) => Result(options.Compat == Compatibility.Quantus ? [.. Enumerable.Repeat(s[0], Math.Max(1, (features[i].Count + options.Step - 1) / options.Step))] : s))];
    }

    private ChangedImages Plan(Features features, Fill fill)
    {
        int[][] groups = [.. features.Order(descending: false).Chunk(options.Step)];
        return new ChangedImages(
            options.Compat == Compatibility.Quantus ? 1 : groups.Length + 1,
            (step, image) =>
            {
                if (step == 0) fill.ApplyToAll(image);
                else foreach (int e in features.Elements(groups[step - 1])) image[e] = features.Item.Image.Pixels.Floats[e];
            },
            Cumulative: true);
    }

    private MetricResult Result(double[] scores)
    {
        int steps = scores.Length - 1, rising = Enumerable.Range(1, steps).Count(k => scores[k] >= scores[k - 1]);
        return MetricResult.Of(rising == steps ? 1 : 0) with
        {
            Curves = [Curves.Of(ItemScore.Name(options.Score), scores)],
            Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["rising"] = steps == 0 ? 1 : (double)rising / steps },
        };
    }
}
