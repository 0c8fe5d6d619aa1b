using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Compares the maps of images with each other. The definition draws another image: several targets of one image share their class, so they would agree by themselves. Quantus draws another
/// instance, whatever its image.
/// </summary>
internal sealed class SufficiencyPool(SufficiencyOptions options, int batch) : IMetricPool
{
    private const string Alone = "the map is like no other map: there is nothing to compare the class with";

    private readonly List<(int Place, float[] Map, long Class, long Image)> _waiting = [];
    private readonly List<MetricResult> _results = [];

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        // What is not measured keeps its place, and what is wrong with it is its result; what is measured gets its own when its batch is complete.
        _results.Add(item);
        if (item.Status != MetricStatus.Pooled) return;
        float[] map = item.State[SufficiencyState.Map].Floats.ToArray();
        if (_waiting.Count > 0 && _waiting[0].Map.Length != map.Length)
            throw new PellucidException($"sufficiency compares maps with each other: all need one size, but there are maps of {_waiting[0].Map.Length} and of {map.Length} pixels");
        ReadOnlySpan<long> classAndImage = item.State[SufficiencyState.ClassAndImage].Int64s;
        _waiting.Add((_results.Count - 1, map, classAndImage[0], classAndImage[1]));
        if (_waiting.Count == batch) Close();
    }

    /// <inheritdoc/>
    public PooledResult Finish()
    {
        Close();
        double[] values = [.. _results.Where(r => r.Status == MetricStatus.Measured).Select(r => r.Value)];
        return new PooledResult(values.Length == 0 ? MetricResult.Undefined(Alone) : MetricResult.Of(values.Average()), _results);
    }

    private void Close()
    {
        double[] distances = Distances();
        int count = _waiting.Count;
        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++) if (AreCompared(i, j)) largest = Math.Max(largest, distances[(i * count) + j]);
        }

        for (int i = 0; i < count; i++)
        {
            int alike = 0, same = 0;
            for (int j = 0; j < count; j++)
            {
                if (!AreCompared(i, j) || distances[(i * count) + j] > options.Threshold * largest) continue;
                alike++;
                if (_waiting[i].Class == _waiting[j].Class) same++;
            }

            _results[_waiting[i].Place] = alike > 0 ? MetricResult.Of((double)same / alike) : options.Compat == Compatibility.Quantus ? MetricResult.Of(0) : MetricResult.Undefined(Alone);
        }

        _waiting.Clear();
    }

    private bool AreCompared(int i, int j) => i != j && (options.Compat == Compatibility.Quantus || _waiting[i].Image != _waiting[j].Image);

    /// <summary>Standardized Euclidean distances: every pixel is divided by its variance over the images; one that never varies counts nothing.</summary>
    private double[] Distances()
    {
        int count = _waiting.Count;
        if (count == 0) return [];
        double[] squares = new double[count * count];
        for (int p = 0; p < _waiting[0].Map.Length; p++)
        {
            double mean = 0, variance = 0;
            foreach ((_, float[] map, _, _) in _waiting) mean += map[p];
            mean /= count;
            foreach ((_, float[] map, _, _) in _waiting) variance += (map[p] - mean) * (map[p] - mean);
            if (variance <= 0) continue;
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double d = (double)_waiting[i].Map[p] - _waiting[j].Map[p];
                    squares[(i * count) + j] += d * d / variance;
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++) squares[(j * count) + i] = squares[(i * count) + j] = Math.Sqrt(squares[(i * count) + j]);
        }

        return squares;
    }
}
