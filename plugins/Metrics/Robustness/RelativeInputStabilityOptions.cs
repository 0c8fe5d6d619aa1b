namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="RelativeInputStabilityMetric"/>.</summary>
public sealed record RelativeInputStabilityOptions : RelativeStabilityOptions;
