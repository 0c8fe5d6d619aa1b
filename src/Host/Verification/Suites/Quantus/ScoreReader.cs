using Pellucid.Abstractions.Metrics;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Takes what a case holds from what a metric said.</summary>
/// <param name="items">A result for each image.</param>
/// <param name="pooled">The data set's result, for pooled metrics.</param>
internal delegate ScoreParts ScoreReader(IReadOnlyList<MetricResult> items, PooledResult? pooled);
