using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>
/// Intervals and tests of values that belong to a data set: the pool is filled again for each draw. A draw takes whole images with replacement; the test exchanges
/// the two explainers' results of images, in every way where images are few and else at random, which is the sign-flip test where the value is a mean.
/// </summary>
internal static class PooledResampling
{
    private const int Draws = 1000;

    // 512 patterns, fewer than would be drawn. Draws among so few patterns could fall below the smallest p-value that there is.
    private const int MostExactImages = 10;

    /// <summary>The value of all images with its interval; null where it has none.</summary>
    public static MeanEstimate? Estimate(IPooledMetric metric, IReadOnlyList<MetricResult[]> images, ulong seed)
    {
        if (Value(metric, images) is not { } value) return null;
        SeededRandom random = new(seed);
        return new MeanEstimate(value, Interval(images.Count, () => Value(metric, DrawnImages(images, random))), images.Count);
    }

    /// <summary>The difference of two explainers' values on the same units, in the same order; null where one has no value.</summary>
    public static PairedDifference? Compare(IPooledMetric metric, IReadOnlyList<MetricResult[]> first, IReadOnlyList<MetricResult[]> second, ulong seed, int comparisons)
    {
        if (Value(metric, first) - Value(metric, second) is not { } seen) return null;
        SeededRandom random = SeededRandom.Fork(seed, 0), swaps = SeededRandom.Fork(seed, 1);
        ConfidenceInterval? interval = Interval(first.Count, () =>
        {
            int[] drawn = [.. first.Select(_ => random.NextInt(first.Count))];
            return Value(metric, drawn.Select(i => first[i])) - Value(metric, drawn.Select(i => second[i]));
        });
        double least = Math.Abs(seen) * (1 - 1e-12);
        double p = first.Count <= MostExactImages ? Exact() : Drawn();
        return new PairedDifference(seen, interval, p, first.Count);

        bool IsFar(Func<int, bool> swapped)
        {
            double? other = Value(metric, first.Select((f, i) => swapped(i) ? second[i] : f)) - Value(metric, second.Select((s, i) => swapped(i) ? first[i] : s));
            // Without a value the exchange says nothing against chance.
            return other is null || Math.Abs(other.Value) >= least;
        }

        double Exact()
        {
            // A pattern and its opposite give the same difference but for its sign, so the last image need not be exchanged.
            int patterns = 1 << (first.Count - 1), far = 0;
            for (int pattern = 0; pattern < patterns; pattern++) if (IsFar(i => (pattern >> i & 1) == 1)) far++;
            return far / (double)patterns;
        }

        double Drawn()
        {
            int draws = DrawnTest.Draws(comparisons, EvaluationStatistics.Significance, Draws, first.Sum(f => f.Length) + second.Sum(s => s.Length));
            return DrawnTest.PValue(Draws, draws, EvaluationStatistics.Significance, () =>
            {
                bool[] swap = [.. first.Select(_ => swaps.NextInt(2) == 1)];
                return IsFar(i => swap[i]);
            });
        }
    }

    private static IEnumerable<MetricResult[]> DrawnImages(IReadOnlyList<MetricResult[]> images, SeededRandom random) => images.Select(_ => images[random.NextInt(images.Count)]);

    private static double? Value(IPooledMetric metric, IEnumerable<MetricResult[]> images)
    {
        IMetricPool pool = metric.CreatePool();
        foreach (MetricResult result in images.SelectMany(i => i)) pool.Add(result);
        return pool.Finish().Overall is { Status: MetricStatus.Measured } overall ? overall.Value : null;
    }

    private static ConfidenceInterval? Interval(int images, Func<double?> draw)
    {
        if (images < 2) return null;
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => draw()).OfType<double>().Order()];
        // Where most draws have no value, the rest is no picture of the whole.
        return values.Length < Draws / 2 ? null : new ConfidenceInterval(Samples.Quantile(values, 0.025), Samples.Quantile(values, 0.975));
    }
}
