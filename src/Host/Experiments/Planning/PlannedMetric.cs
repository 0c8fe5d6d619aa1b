using Pellucid.Abstractions.Metrics;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>A metric of an experiment.</summary>
/// <param name="Text">Canonical text in the option grammar.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Identity">All that decides its numbers as one text.</param>
/// <param name="ItemIdentity">All that decides what is kept of an item, for keys: metrics that differ in what their pools do share it.</param>
/// <param name="Source">Where the definition comes from.</param>
public sealed record PlannedMetric(string Text, IMetric Metric, string Identity, string ItemIdentity, string Source);
