using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>Options of <see cref="MstComplexityMetric"/>.</summary>
public sealed record MstComplexityOptions
{
    /// <summary>Which pixels are salient.</summary>
    [Description("percentile of the absolute values from which on a pixel is salient"), Range(0, 99.999999)]
    public double Threshold { get; init; } = 80;

    /// <summary>Neighbors of a pixel.</summary>
    [Description("nearest salient neighbors that a pixel is joined with"), Range(1, 100000)]
    public int Neighbors { get; init; } = 20;

    /// <summary>Whether more neighbors are taken until all pixels hang together.</summary>
    [Description("take more neighbors until all salient pixels hang together; else the parts' trees are added up")]
    public bool Connect { get; init; }

    /// <summary>Whether the score is given on the scale of the image.</summary>
    [Description("multiply by 100 x the image's diagonal, so that sizes of images do not matter")]
    public bool Scale { get; init; } = true;

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (a map of zeros has 0)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
