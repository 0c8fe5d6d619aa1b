using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>Two explainers compared by a metric, on the units where both have a value.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Metric">The metric as canonical text.</param>
/// <param name="First">An explainer.</param>
/// <param name="Second">Another.</param>
/// <param name="Difference">First less second, paired by image; null where there is nothing to compare.</param>
/// <param name="AdjustedPValue">The p-value after Holm's adjustment over all pairs of this model and metric; null where there is no difference to test.</param>
/// <param name="Verdict">What is shown.</param>
public sealed record MetricComparison(string Model, string Metric, string First, string Second, PairedDifference? Difference, double? AdjustedPValue, ComparisonVerdict Verdict);
