namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="RelevanceRankAccuracyMetric"/>.</summary>
public sealed record RelevanceRankAccuracyOptions : RegionOrderOptions;
