using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>What a metric says of one item, or of all.</summary>
public sealed record MetricResult
{
    private static readonly IReadOnlyDictionary<string, double> NoDetails = new Dictionary<string, double>(StringComparer.Ordinal);
    private static readonly IReadOnlyDictionary<string, HostTensor> NoState = new Dictionary<string, HostTensor>(StringComparer.Ordinal);

    private MetricResult()
    {
    }

    /// <summary>Whether there is a value.</summary>
    public required MetricStatus Status { get; init; }

    /// <summary>The value; NaN exactly where <see cref="Status"/> is not <see cref="MetricStatus.Measured"/>.</summary>
    public required double Value { get; init; }

    /// <summary>
    /// Why there is no value; null where there is one. Names what is wrong without names of files or numbers of this item, so that equal reasons can be counted.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Curves behind the value.</summary>
    public IReadOnlyList<MetricCurve> Curves { get; init; } = [];

    /// <summary>Further numbers by name. NaN where such a number is undefined.</summary>
    public IReadOnlyDictionary<string, double> Details { get; init; } = NoDetails;

    /// <summary>
    /// What a pooled metric keeps of this item (<see cref="IPooledMetric"/>): float32 or int64 tensors, which the experiment engine stores. Empty for other metrics.
    /// </summary>
    public IReadOnlyDictionary<string, HostTensor> State { get; init; } = NoState;

    /// <summary>A value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite: give <see cref="Undefined"/> with a reason.</exception>
    public static MetricResult Of(double value) => double.IsFinite(value)
        ? new MetricResult { Status = MetricStatus.Measured, Value = value }
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a value that is not finite has a reason: give MetricResult.Undefined with it");

    /// <summary>A value, or undefined with a reason where it is not finite.</summary>
    public static MetricResult OfOrUndefined(double value, string reason) => double.IsFinite(value) ? Of(value) : Undefined(reason);

    /// <summary>No value of its own: what the pool needs.</summary>
    public static MetricResult Pooled(IReadOnlyDictionary<string, HostTensor> state) =>
        new() { Status = MetricStatus.Pooled, Value = double.NaN, Reason = "the value belongs to the data set", State = state };

    /// <summary>The definition gives no value here.</summary>
    public static MetricResult Undefined(string reason) => Without(MetricStatus.Undefined, reason);

    /// <summary>The metric does not apply here.</summary>
    public static MetricResult NotApplicable(string reason) => Without(MetricStatus.NotApplicable, reason);

    private static MetricResult Without(MetricStatus status, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new MetricResult { Status = status, Value = double.NaN, Reason = reason };
    }
}
