namespace Pellucid.Abstractions.Metrics;

/// <summary>
/// A metric whose value belongs to a data set and is no mean over items: pooled average precision, retrieval among all texts, comparisons of each
/// item with all others. Each item's result holds what the pool needs of it in <see cref="MetricResult.State"/>.
/// </summary>
public interface IPooledMetric : IMetric
{
    /// <summary>An empty pool.</summary>
    IMetricPool CreatePool();
}
