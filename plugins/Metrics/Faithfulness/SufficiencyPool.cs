using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Compares the maps of images with each other. The definition draws another image: several targets of one image share their class, so they would agree by themselves. Quantus draws another
/// instance, whatever its image. Memory holds the distances and some maps at a time; the others stay where the items' states are.
/// </summary>
internal sealed class SufficiencyPool(SufficiencyOptions options, int batch) : IMetricPool
{
    private const string Alone = "the map is like no other map: there is nothing to compare the class with";

    /// <summary>Maps that are held at once, and compared with all others.</summary>
    private const int MapsAtOnce = 64;

    private readonly List<(int Place, MetricResult Item, long Class, long Image)> _waiting = [];
    private readonly List<MetricResult> _results = [];
    private int _pixels;

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        // What is not measured keeps its place, and what is wrong with it is its result; what is measured gets its own when its batch is complete.
        _results.Add(item);
        if (item.Status != MetricStatus.Pooled) return;
        int pixels = item.State[SufficiencyState.Map].Length;
        if (_waiting.Count > 0 && _pixels != pixels) throw new PellucidException($"sufficiency compares maps with each other: all need one size, but there are maps of {_pixels} and of {pixels} pixels");
        _pixels = pixels;
        ReadOnlySpan<long> classAndImage = item.State[SufficiencyState.ClassAndImage].Int64s;
        _waiting.Add((_results.Count - 1, item, classAndImage[0], classAndImage[1]));
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
        double[][] distances = Distances();
        int count = _waiting.Count;
        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++) if (AreCompared(i, j)) largest = Math.Max(largest, distances[i][j]);
        }

        for (int i = 0; i < count; i++)
        {
            int alike = 0, same = 0;
            for (int j = 0; j < count; j++)
            {
                if (!AreCompared(i, j) || distances[Math.Max(i, j)][Math.Min(i, j)] > options.Threshold * largest) continue;
                alike++;
                if (_waiting[i].Class == _waiting[j].Class) same++;
            }

            _results[_waiting[i].Place] = alike > 0 ? MetricResult.Of((double)same / alike) : options.Compat == Compatibility.Quantus ? MetricResult.Of(0) : MetricResult.Undefined(Alone);
        }

        _waiting.Clear();
    }

    private bool AreCompared(int i, int j) => i != j && (options.Compat == Compatibility.Quantus || _waiting[i].Image != _waiting[j].Image);

    /// <summary>Standardized Euclidean distances of each map to those before it: every pixel is divided by its variance over the images; one that never varies counts nothing.</summary>
    private double[][] Distances()
    {
        int count = _waiting.Count;
        double[] variance = Variance();
        double[][] distances = [.. Enumerable.Range(0, count).Select(i => new double[i])];
        for (int from = 0; from < count; from += MapsAtOnce)
        {
            float[][] held = [.. Enumerable.Range(from, Math.Min(MapsAtOnce, count - from)).Select(i => Map(i).ToArray())];
            for (int j = 0; j < from + held.Length; j++)
            {
                ReadOnlySpan<float> other = j >= from ? held[j - from] : Map(j);
                for (int i = Math.Max(from, j + 1); i < from + held.Length; i++) distances[i][j] = Distance(held[i - from], other, variance);
            }
        }

        return distances;
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<double> variance)
    {
        double squares = 0;
        for (int p = 0; p < variance.Length; p++)
        {
            if (variance[p] <= 0) continue;
            double d = (double)a[p] - b[p];
            squares += d * d / variance[p];
        }

        return Math.Sqrt(squares);
    }

    /// <summary>Sum of the squares about the mean, of every pixel.</summary>
    private double[] Variance()
    {
        double[] mean = new double[_waiting.Count == 0 ? 0 : _pixels], variance = new double[mean.Length];
        for (int i = 0; i < _waiting.Count; i++)
        {
            ReadOnlySpan<float> map = Map(i);
            for (int p = 0; p < mean.Length; p++) mean[p] += map[p];
        }

        for (int p = 0; p < mean.Length; p++) mean[p] /= _waiting.Count;
        for (int i = 0; i < _waiting.Count; i++)
        {
            ReadOnlySpan<float> map = Map(i);
            for (int p = 0; p < mean.Length; p++) variance[p] += (map[p] - mean[p]) * (map[p] - mean[p]);
        }

        return variance;
    }

    private ReadOnlySpan<float> Map(int place) => _waiting[place].Item.State[SufficiencyState.Map].Floats;
}
