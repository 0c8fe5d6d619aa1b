using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Correlation, over groups of features filled alone, of the group's attribution with the drop of the score (Alvarez-Melis, Jaakkola 2018, Towards robust
/// interpretability with self-explaining neural networks, section 5).
/// </summary>
/// <param name="options">Options.</param>
public sealed class FaithfulnessEstimateMetric(FaithfulnessEstimateOptions options) : IMetric
{
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
        int[][][] groups = [.. features.Select(f => f.Order().Chunk(options.Step).ToArray())];
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score, i => ChangedImages.RemovingEach(features[i], groups[i], new Fill(options.Fill, colors, request.Items[i])), cancellationToken);
        return [.. scores.Select((s, i) => Drops.Correlate([.. groups[i].Select(g => features[i].Sum(g))], s))];
    }
}
