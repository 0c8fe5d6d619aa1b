namespace Pellucid.Abstractions.Metrics;

/// <summary>Whether an item has a value.</summary>
public enum MetricStatus
{
    /// <summary>It has.</summary>
    Measured,

    /// <summary>It counts in the pool only (<see cref="IPooledMetric"/>).</summary>
    Pooled,

    /// <summary>The definition gives none for this item: a division by zero, an empty mask, a constant map.</summary>
    Undefined,

    /// <summary>The metric does not apply to this item, or the item is unusable.</summary>
    NotApplicable,
}
