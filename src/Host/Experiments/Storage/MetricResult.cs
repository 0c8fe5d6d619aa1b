namespace Pellucid.Host.Experiments.Storage;

/// <summary>What is remembered of a metric on a unit.</summary>
/// <param name="Key">Its key.</param>
/// <param name="UnitKey">Key of the unit it was computed on.</param>
/// <param name="Value">The value; null where the metric is undefined there.</param>
/// <param name="Undefined">Why it is undefined; null where it is not.</param>
/// <param name="Detail">Further results as JSON, such as a curve; null where there are none.</param>
/// <param name="Provenance">Where it comes from, as JSON.</param>
public sealed record MetricResult(string Key, string UnitKey, double? Value, string? Undefined, string? Detail, string Provenance);
