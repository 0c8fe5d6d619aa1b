namespace Pellucid.Host.Experiments.Storage;

/// <summary>What is remembered of a metric on a unit.</summary>
/// <param name="Key">Its key.</param>
/// <param name="UnitKey">Key of the unit it was computed on.</param>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Detail">Status, reason, curves, further numbers and state, as JSON.</param>
/// <param name="Provenance">Where it comes from, as JSON.</param>
public sealed record StoredMetric(string Key, string UnitKey, double? Value, string Detail, string Provenance);
