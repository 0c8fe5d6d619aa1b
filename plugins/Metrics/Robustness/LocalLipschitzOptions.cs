namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="LocalLipschitzMetric"/>.</summary>
public sealed record LocalLipschitzOptions : NoiseOptions
{
    /// <summary>Makes the defaults: normal noise.</summary>
    public LocalLipschitzOptions() => (Noise, Radius) = (NoiseKind.Normal, 0.1);
}
