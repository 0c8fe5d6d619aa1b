namespace Pellucid.Abstractions.Metrics;

/// <summary>Which values of a metric speak for an explanation.</summary>
public enum MetricDirection
{
    /// <summary>Higher is better.</summary>
    Higher,

    /// <summary>Lower is better.</summary>
    Lower,

    /// <summary>Neither: the value describes and does not rank.</summary>
    None,
}
