using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="RiseExplainer"/>.</summary>
public sealed record RiseOptions
{
    /// <summary>Random masks.</summary>
    [Description("random masks, one model evaluation each"), Range(1, 10000000)]
    public int Masks { get; init; } = 2000;

    /// <summary>Cells of a mask along each axis.</summary>
    [Description("cells of a mask along each axis, before it is enlarged to the image"), Range(2, 1000)]
    public int Cells { get; init; } = 8;

    /// <summary>Probability that a cell is shown.</summary>
    [Description("probability that a cell is shown"), Range(0d, 1d, MinimumIsExclusive = true)]
    public double Probability { get; init; } = 0.5;
}
