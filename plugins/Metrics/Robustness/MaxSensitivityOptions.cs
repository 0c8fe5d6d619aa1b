namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="MaxSensitivityMetric"/>.</summary>
public sealed record MaxSensitivityOptions : SensitivityOptions;
