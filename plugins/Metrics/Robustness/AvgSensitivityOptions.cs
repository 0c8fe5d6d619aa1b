namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="AvgSensitivityMetric"/>.</summary>
public sealed record AvgSensitivityOptions : SensitivityOptions;
