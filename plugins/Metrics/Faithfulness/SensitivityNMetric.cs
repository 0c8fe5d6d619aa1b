using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Correlation of the attribution of random subsets of n features with the drop of the score without them, averaged over n (Ancona et al. 2018, Towards better understanding of
/// gradient-based attribution methods for deep neural networks, section 4). The curve holds the correlation for each n.
/// </summary>
/// <param name="options">Options.</param>
public sealed class SensitivityNMetric(SensitivityNOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = -1,
        Maximum = 1,
        BatchDependence = options.Compat == Compatibility.Quantus
            ? "compat=quantus correlates across the images measured at once; take compat=paper, which correlates within each image"
            : MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, options.Features, options.Abs, options.Normalize);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        bool across = options.Compat == Compatibility.Quantus;
        int[][][] groups = [.. features.Select(f => across ? f.Order().Chunk(options.Step).ToArray() : Subsets(f))];
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i =>
            {
                Fill fill = new(options.Fill, colors, request.Items[i]);
                return across ? ChangedImages.Removing(features[i], groups[i], fill) : ChangedImages.RemovingEach(features[i], groups[i], fill);
            },
            cancellationToken);
        double[][] drops = [.. scores.Select(Drops.Of)], sums = [.. groups.Select((g, i) => g.Select(s => features[i].Sum(s)).ToArray())];
        return across ? Across(features, drops, sums) : [.. drops.Select((d, i) => Within(features[i].Count, groups[i], d, sums[i]))];
    }

    private MetricResult Within(int count, int[][] groups, double[] drops, double[] sums)
    {
        List<double> x = [], y = [];
        for (int start = 0; start < groups.Length; start += options.Samples)
        {
            double correlation = Correlation.Pearson(sums[start..(start + options.Samples)], drops[start..(start + options.Samples)]);
            if (double.IsNaN(correlation)) continue;
            x.Add((double)groups[start].Length / count);
            y.Add(correlation);
        }

        return Result(x, y);
    }

    private MetricResult[] Across(Features[] features, double[][] drops, double[][] sums)
    {
        // The library takes the share of the pixels for both kinds of features.
        int steps = Math.Min(drops.Min(d => d.Length), (int)Math.Floor(options.Share * features[0].Item.Map!.Length / options.Step));
        List<double> x = [], y = [];
        for (int k = 0; k < steps; k++)
        {
            double correlation = Correlation.Pearson([.. sums.Select(s => s[k])], [.. drops.Select(d => d[k])]);
            if (double.IsNaN(correlation)) continue;
            x.Add((k + 1.0) * options.Step / features[0].Count);
            y.Add(correlation);
        }

        MetricResult one = Result(x, y);
        return [.. features.Select(_ => one)];
    }

    private static MetricResult Result(List<double> x, List<double> y) =>
        y.Count == 0 ? MetricResult.Undefined(Drops.Constant) : MetricResult.Of(y.Average()) with { Curves = [new MetricCurve("correlation", x, y)] };

    private int[][] Subsets(Features features)
    {
        int largest = Math.Max(1, (int)(options.Share * features.Count));
        int[] sizes = [.. Enumerable.Range(0, options.Sizes)
            .Select(k => (int)Math.Round(Math.Pow(largest, options.Sizes == 1 ? 1 : (double)k / (options.Sizes - 1)))).Distinct()];
        return [.. sizes.SelectMany((n, k) => Enumerable.Range(0, options.Samples)
            .Select(s => SeededRandom.Fork(features.Item.Seed, ((ulong)k << 32) | (uint)s).NextPermutation(features.Count)[..n]))];
    }
}
