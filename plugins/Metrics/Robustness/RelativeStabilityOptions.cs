using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>What the relative stabilities share.</summary>
public abstract record RelativeStabilityOptions : NoiseOptions
{
    /// <summary>Makes the defaults: only noisy images with the same prediction count, as in the paper.</summary>
    protected RelativeStabilityOptions() => (OnChange, Radius) = (PredictionChange.Drop, 0.2);

    /// <summary>Smallest divisor.</summary>
    [Description("stands in for zeros that would be divided by"), Range(1e-12, 1.0)]
    public double Epsilon { get; init; } = 1e-6;
}
