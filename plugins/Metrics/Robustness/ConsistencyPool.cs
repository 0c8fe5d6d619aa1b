using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Counts images by explanation and prediction.</summary>
/// <param name="aloneIsZero">Whether an explanation that no other image has is 0 instead of undefined.</param>
internal sealed class ConsistencyPool(bool aloneIsZero) : IMetricPool
{
    /// <summary>Name of the state: [code of the explanation, prediction].</summary>
    public const string Key = "explanation-and-prediction";

    private const string Alone = "no other image has the same explanation";

    private readonly List<(long Code, long Prediction)?> _items = [];

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Add(item.Status == MetricStatus.Pooled ? (item.State[Key].Int64s[0], item.State[Key].Int64s[1]) : null);
    }

    /// <inheritdoc/>
    public PooledResult Finish()
    {
        (long Code, long Prediction)[] all = [.. _items.OfType<(long Code, long Prediction)>()];
        Dictionary<long, int> same = all.GroupBy(i => i.Code).ToDictionary(g => g.Key, g => g.Count());
        Dictionary<(long, long), int> agreeing = all.GroupBy(i => i).ToDictionary(g => g.Key, g => g.Count());
        MetricResult[] items = [.. _items.Select(i => i is not { } item ? MetricResult.NotApplicable("the item was not measured")
            : same[item.Code] > 1 ? MetricResult.Of((agreeing[item] - 1.0) / (same[item.Code] - 1))
            : aloneIsZero ? MetricResult.Of(0) : MetricResult.Undefined(Alone))];
        double[] values = [.. items.Where(i => i.Status == MetricStatus.Measured).Select(i => i.Value)];
        return new PooledResult(values.Length > 0 ? MetricResult.Of(values.Average()) : MetricResult.Undefined(Alone), items);
    }
}
