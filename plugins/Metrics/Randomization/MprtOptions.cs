namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Options of <see cref="MprtMetric"/>.</summary>
public sealed record MprtOptions : ParameterRandomizationOptions;
