namespace Pellucid.Abstractions.Metrics;

/// <summary>What a pooled metric says of a data set.</summary>
/// <param name="Overall">The data set.</param>
/// <param name="Items">Each item among the others, in the order of adding; null where the metric has no value for an item.</param>
public sealed record PooledResult(MetricResult Overall, IReadOnlyList<MetricResult>? Items = null);
