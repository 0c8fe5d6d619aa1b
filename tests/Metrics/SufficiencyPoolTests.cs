using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Faithfulness;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>Maps are compared with all others although only some are held at a time.</summary>
public sealed class SufficiencyPoolTests
{
    private const int Images = 150, Pixels = 6;
    private const double Threshold = 0.35;

    [Fact]
    public void Every_map_is_compared_with_every_other()
    {
        SeededRandom random = new(11);
        float[][] maps = [.. Enumerable.Range(0, Images).Select(_ => (float[])[.. Enumerable.Range(0, Pixels - 1).Select(_ => (float)random.NextNormal()), 7f])];
        long[] classes = [.. Enumerable.Range(0, Images).Select(_ => (long)random.NextInt(3))];
        IMetricPool pool = new SufficiencyMetric(new SufficiencyOptions { Threshold = Threshold, Abs = false }).CreatePool();
        for (int i = 0; i < Images; i++)
        {
            pool.Add(MetricResult.Pooled(new Dictionary<string, HostTensor>(StringComparer.Ordinal)
            {
                [SufficiencyState.Map] = HostTensor.Of(maps[i], Pixels), [SufficiencyState.ClassAndImage] = HostTensor.Of([classes[i], i], 2),
            }));
        }

        double[] found = [.. pool.Finish().Items!.Select(r => r.Value)];
        Assert.Equal(Expected(maps, classes), found);
    }

    /// <summary>The definition, written down; the last pixel never varies and counts nothing.</summary>
    private static double[] Expected(float[][] maps, long[] classes)
    {
        double[] spread = new double[Pixels - 1];
        for (int p = 0; p < spread.Length; p++)
        {
            double mean = 0;
            foreach (float[] map in maps) mean += map[p];
            mean /= Images;
            foreach (float[] map in maps) spread[p] += (map[p] - mean) * (map[p] - mean);
        }

        double[][] distances = [.. maps.Select(a => maps.Select(b => Math.Sqrt(spread.Select((s, p) => ((double)a[p] - b[p]) * ((double)a[p] - b[p]) / s).Sum())).ToArray())];
        double largest = distances.Max(d => d.Max());
        return [.. Enumerable.Range(0, Images).Select(i =>
        {
            int[] alike = [.. Enumerable.Range(0, Images).Where(j => j != i && distances[i][j] <= Threshold * largest)];
            return alike.Length == 0 ? double.NaN : (double)alike.Count(j => classes[j] == classes[i]) / alike.Length;
        })];
    }
}
