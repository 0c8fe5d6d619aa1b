using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="ContinuityMetric"/>.</summary>
public sealed record ContinuityOptions : RobustnessOptions
{
    /// <summary>Makes the defaults.</summary>
    public ContinuityOptions() => (Abs, Normalize) = (true, MapNormalization.Max);

    /// <summary>Shifted images.</summary>
    [Description("shifted images, at equal distances from one edge to the other; at most twice the image's side and one more"), Range(1, 100000)]
    public int Steps { get; init; } = 28;

    /// <summary>Along which axis.</summary>
    [Description("along which axis images are shifted: horizontal, vertical")]
    public ShiftAxis Axis { get; init; } = ShiftAxis.Horizontal;

    /// <summary>What comes in at the edge.</summary>
    [Description("what comes in at the edge, in the model's normalized pixels")]
    public FillColor Fill { get; init; } = FillColor.Black;
}
