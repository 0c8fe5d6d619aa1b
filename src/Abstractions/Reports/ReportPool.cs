using Pellucid.Abstractions.Metrics;

namespace Pellucid.Abstractions.Reports;

/// <summary>What a pooled metric says of all units of a model and an explainer.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Explainer">The explainer as canonical text.</param>
/// <param name="Metric">The metric as canonical text.</param>
/// <param name="Result">The value over the data set.</param>
public sealed record ReportPool(string Model, string Explainer, string Metric, MetricResult Result);
