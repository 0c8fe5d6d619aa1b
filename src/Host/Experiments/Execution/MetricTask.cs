using Pellucid.Abstractions.Datasets;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>A metric on a unit.</summary>
/// <param name="Key">Content hash of all that decides its numbers.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Result">What was found for the unit.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Mask">The region that the metric is given; null where it needs none, or the target is about none.</param>
/// <param name="Problem">Why the region cannot be loaded; null where it can.</param>
public sealed record MetricTask(string Key, PlannedUnit Unit, UnitResult Result, PlannedMetric Metric, ImageMask? Mask, string? Problem);
