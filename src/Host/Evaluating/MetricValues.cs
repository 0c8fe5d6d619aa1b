using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>What a metric says of the units of a model and an explainer: values, and what the pool of a pooled metric keeps.</summary>
internal sealed class MetricValues
{
    /// <summary>States of at most so many values are resampled: counts are, embeddings of images are not.</summary>
    private const int MostStateValues = 256;

    private readonly IPooledMetric? _pooled;
    private readonly ReportPool? _pool;
    private readonly bool _resampled, _isMean;
    private readonly Dictionary<(string Item, string Target), MetricResult> _results;
    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);

    /// <summary>Takes them from units.</summary>
    /// <param name="metric">Canonical text.</param>
    /// <param name="definition">The metric.</param>
    /// <param name="units">Units of one model and explainer.</param>
    /// <param name="pool">What the pool says of them; null for metrics without one.</param>
    public MetricValues(string metric, IMetric definition, IEnumerable<ReportUnit> units, ReportPool? pool)
    {
        _pool = pool;
        ReportUnit[] all = [.. units];
        foreach (ReportUnit unit in all) _images[unit.Item.Id] = DrawnImage.Of(unit.Item);
        _results = all.Select(u => (Unit: u, Result: u.Metrics.GetValueOrDefault(metric))).Where(u => u.Result?.Status is MetricStatus.Measured or MetricStatus.Pooled)
            .ToDictionary(u => (u.Unit.Item.Id, u.Unit.Target.Identity), u => u.Result!);
        _pooled = pool is null ? null : definition as IPooledMetric;
        _resampled = _pooled is not null && _results.Count > 0 && _results.Values.All(r => r.State.Count > 0 && r.State.Values.Sum(s => s.Length) <= MostStateValues);
        double[] values = [.. _results.Values.Where(r => r.Status == MetricStatus.Measured).Select(r => r.Value)];
        _isMean = pool is null || (pool.Result.Status == MetricStatus.Measured && values.Length > 0 && Math.Abs(values.Average() - pool.Result.Value) <= 1e-9 * Math.Max(1, Math.Abs(pool.Result.Value)));
    }

    /// <summary>Units with a value, or counted in the pool.</summary>
    public int Count => _results.Count;

    /// <summary>The value with its interval; null where there is none.</summary>
    public MeanEstimate? Estimate(ulong seed)
    {
        if (_resampled) return PooledResampling.Estimate(_pooled!, Results(_results.Keys), seed);
        if (_pool is { Result.Status: not MetricStatus.Measured }) return null;
        // Of a value that is neither a mean nor resampled, nothing is known of the spread.
        if (!_isMean) return new MeanEstimate(_pool!.Result.Value, null, Images(_results.Keys));
        (string, string)[] measured = [.. _results.Where(r => r.Value.Status == MetricStatus.Measured).Select(r => r.Key)];
        if (measured.Length == 0) return null;
        if (_pool is null) return Bootstrap.Mean(Means(measured), seed);
        // The pool's value is the mean over units, so the interval is that of the mean over units too; what is drawn are images.
        (double[] sums, int[] counts) = Groups(measured, k => _results[k].Value);
        return Bootstrap.MeanOfGroups(sums, counts, seed) with { Mean = _pool.Result.Value };
    }

    /// <summary>This less another explainer's, paired; null where there is nothing to pair.</summary>
    /// <param name="other">The other explainer's.</param>
    /// <param name="comparisons">Comparisons of this metric that are judged together.</param>
    /// <param name="seed">Seed of all draws.</param>
    public PairedDifference? Compare(MetricValues other, int comparisons, ulong seed)
    {
        (string, string)[] both = [.. _results.Keys.Where(other._results.ContainsKey)];
        if (_resampled && other._resampled) return both.Length == 0 ? null : PooledResampling.Compare(_pooled!, Results(both), other.Results(both), seed, comparisons);
        if (!_isMean || !other._isMean) return null;
        both = [.. both.Where(k => _results[k].Status == MetricStatus.Measured && other._results[k].Status == MetricStatus.Measured)];
        if (both.Length == 0) return null;
        if (_pool is null) return PairedDifference.Of(Means(both), other.Means(both), seed, comparisons, EvaluationStatistics.Significance);
        (double[] sums, int[] counts) = Groups(both, k => _results[k].Value - other._results[k].Value);
        return PairedDifference.OfGroups(sums, counts, seed, comparisons, EvaluationStatistics.Significance);
    }

    private int Images(IEnumerable<(string Item, string Target)> keys) => keys.Select(k => _images[k.Item]).Distinct(StringComparer.Ordinal).Count();

    /// <summary>A value an image: the mean over its targets, for what is drawn are images.</summary>
    private double[] Means(IEnumerable<(string Item, string Target)> keys) => [.. keys.GroupBy(k => _images[k.Item], StringComparer.Ordinal).Select(image => image.Average(k => _results[k].Value))];

    /// <summary>Sum and number of the values of each image.</summary>
    private (double[] Sums, int[] Counts) Groups((string Item, string Target)[] keys, Func<(string Item, string Target), double> value)
    {
        double[][] images = [.. keys.GroupBy(k => _images[k.Item], StringComparer.Ordinal).Select(image => image.Select(value).ToArray())];
        return ([.. images.Select(i => i.Sum())], [.. images.Select(i => i.Length)]);
    }

    private MetricResult[][] Results(IEnumerable<(string Item, string Target)> keys) => [.. keys.GroupBy(k => _images[k.Item], StringComparer.Ordinal).Select(image => image.Select(k => _results[k]).ToArray())];
}
