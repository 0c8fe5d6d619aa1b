namespace Pellucid.Abstractions.Metrics;

/// <summary>Puts items of a data set together. Not safe for concurrent use.</summary>
public interface IMetricPool
{
    /// <summary>Adds a measured item; the order of items may matter for ties only.</summary>
    void Add(MetricResult item);

    /// <summary>The result over all items added so far.</summary>
    PooledResult Finish();
}
