namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="RelativeOutputStabilityMetric"/>.</summary>
public sealed record RelativeOutputStabilityOptions : RelativeStabilityOptions;
