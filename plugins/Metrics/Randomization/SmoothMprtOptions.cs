using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Options of <see cref="SmoothMprtMetric"/>.</summary>
public sealed record SmoothMprtOptions : ParameterRandomizationOptions
{
    /// <summary>Maps in a mean.</summary>
    [Description("maps that are averaged; one of them is of the image without noise"), Range(1, 10000)]
    public int Samples { get; init; } = 50;

    /// <summary>Noise.</summary>
    [Description("standard deviation of the noise, as a share of the range of the image's values"), Range(0, 100.0)]
    public double NoiseLevel { get; init; } = 0.1;
}
