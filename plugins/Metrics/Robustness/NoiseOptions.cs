using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>What metrics share that explain noisy images.</summary>
public abstract record NoiseOptions : RobustnessOptions
{
    /// <summary>Noisy images.</summary>
    [Description("noisy images"), Range(1, 100000)]
    public int Samples { get; init; } = 10;

    /// <summary>Size of the noise.</summary>
    [Description("size of the noise, in normalized pixels"), Range(1e-9, 1000.0)]
    public double Radius { get; init; } = 0.02;

    /// <summary>Kind of the noise.</summary>
    [Description("uniform (within the radius), normal (the radius is the standard deviation), positive (from a tenth of the radius to the radius)")]
    public NoiseKind Noise { get; init; } = NoiseKind.Uniform;
}
