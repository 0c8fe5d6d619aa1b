using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Correlation, over random subsets of features that are filled, of the subset's attribution with the drop of the score (Bhatt, Weller, Moura 2020, Evaluating and aggregating
/// feature-based model explanations, equation 1). Draw: <c>subsets</c> [runs, features of a subset].
/// </summary>
/// <param name="options">Options.</param>
public sealed class FaithfulnessCorrelationMetric(FaithfulnessCorrelationOptions options) : IMetric
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
        int[][][] subsets = [.. features.Select(Subsets)];
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score, i => ChangedImages.RemovingEach(features[i], subsets[i], new Fill(options.Fill, colors, request.Items[i])), cancellationToken);
        return [.. scores.Select((s, i) => Drops.Correlate([.. subsets[i].Select(g => features[i].Sum(g))], s))];
    }

    private int[][] Subsets(Features features)
    {
        if (features.Item.Draws?.GetValueOrDefault("subsets") is { } stored)
        {
            int[] all = [.. stored.ToFloat32().Floats.ToArray().Select(v => (int)v)];
            if (stored.Shape.Rank != 2 || Array.Exists(all, f => f < 0 || f >= features.Count))
                throw new PellucidException($"the subsets to replay are {stored.Shape}; [runs, size] of the features 0 to {features.Count - 1} is needed");
            return [.. all.Chunk((int)stored.Shape[1])];
        }

        int size = Math.Min(options.Subset, features.Count);
        return [.. Enumerable.Range(0, options.Runs).Select(run => SeededRandom.Fork(features.Item.Seed, (ulong)run).NextPermutation(features.Count)[..size])];
    }
}
