namespace Pellucid.Host.Statistics;

/// <summary>A mean with its uncertainty.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Interval">Its interval; null where there is one value only, which says nothing of its spread.</param>
/// <param name="Count">Values, at least 1.</param>
public sealed record MeanEstimate(double Mean, ConfidenceInterval? Interval, int Count);
