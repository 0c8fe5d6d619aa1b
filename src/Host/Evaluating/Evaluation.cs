namespace Pellucid.Host.Evaluating;

/// <summary>What the metrics of an experiment say of its explainers.</summary>
/// <param name="Estimates">By model, metric and explainer.</param>
/// <param name="Comparisons">By model, metric and pair of explainers.</param>
/// <param name="Curves">By model, metric, curve and explainer; only where a metric has curves.</param>
public sealed record Evaluation(IReadOnlyList<MetricEstimate> Estimates, IReadOnlyList<MetricComparison> Comparisons, IReadOnlyList<MeanCurve> Curves);
