using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Compares the maps of images with each other.</summary>
internal sealed class SufficiencyPool(SufficiencyOptions options, int batch) : IMetricPool
{
    private const string Alone = "the map is like no other map: there is nothing to compare the class with";

    private readonly List<(float[] Map, long Class)> _waiting = [];
    private readonly List<MetricResult> _results = [];

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        if (item.Status != MetricStatus.Pooled)
        {
            // It keeps its place: what is wrong with it is its result.
            Close();
            _results.Add(item);
            return;
        }

        float[] map = item.State[SufficiencyState.Map].Floats.ToArray();
        if (_waiting.Count > 0 && _waiting[0].Map.Length != map.Length)
            throw new PellucidException($"sufficiency compares maps with each other: all need one size, but there are maps of {_waiting[0].Map.Length} and of {map.Length} pixels");
        _waiting.Add((map, item.State[SufficiencyState.Class].Int64s[0]));
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
        double largest = distances.Length == 0 ? 0 : distances.Max();
        for (int i = 0; i < count; i++)
        {
            int alike = 0, same = 0;
            for (int j = 0; j < count; j++)
            {
                if (j == i || distances[(i * count) + j] > options.Threshold * largest) continue;
                alike++;
                if (_waiting[i].Class == _waiting[j].Class) same++;
            }

            _results.Add(alike > 0 ? MetricResult.Of((double)same / alike) : options.Compat == Compatibility.Quantus ? MetricResult.Of(0) : MetricResult.Undefined(Alone));
        }

        _waiting.Clear();
    }

    /// <summary>Standardized Euclidean distances: every pixel is divided by its variance over the images; one that never varies counts nothing.</summary>
    private double[] Distances()
    {
        int count = _waiting.Count;
        if (count == 0) return [];
        double[] squares = new double[count * count];
        for (int p = 0; p < _waiting[0].Map.Length; p++)
        {
            double mean = 0, variance = 0;
            foreach ((float[] map, _) in _waiting) mean += map[p];
            mean /= count;
            foreach ((float[] map, _) in _waiting) variance += (map[p] - mean) * (map[p] - mean);
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
