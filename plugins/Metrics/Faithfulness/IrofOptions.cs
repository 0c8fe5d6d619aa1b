using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="IrofMetric"/>.</summary>
public sealed record IrofOptions : PerturbationOptions
{
    /// <summary>Makes the default: the mean color, and the probability.</summary>
    public IrofOptions() => (Fill, Score) = (FillColor.Mean, MeasuredScore.Probability);

    /// <summary>Superpixels.</summary>
    [Description("superpixels, about"), Range(2, 10000)]
    public int Segments { get; init; } = 100;

    /// <summary>Weight of places against colors.</summary>
    [Description("superpixels: weight of places against colors; larger makes them squarer"), Range(0.001, 1000.0)]
    public double Compactness { get; init; } = 1;

    /// <summary>How the area is given.</summary>
    [Description("area over the curve: normalized (of 1), raw (distance 1 between points, without the unchanged image)")]
    public AreaScale Area { get; init; } = AreaScale.Normalized;

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus: the fill is the mean of all images measured at once, as changed so far, whatever fill says, and curves shorter than the longest end with 0")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
