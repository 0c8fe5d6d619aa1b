using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="PointingGameMetric"/>.</summary>
public sealed record PointingGameOptions
{
    /// <summary>Whether the sign of the map is dropped.</summary>
    [Description("drop the sign of the map")]
    public bool Abs { get; init; }

    /// <summary>Standard deviation of a Gaussian that smooths the map first.</summary>
    [Description("standard deviation, in pixels, of a Gaussian that smooths the map first; 0 for none"), Range(0, 1000.0)]
    public double Sigma { get; init; }

    /// <summary>How far beside the mask still counts.</summary>
    [Description("distance from the mask, in pixels, that still counts as a hit (Zhang et al.: 15)"), Range(0, 1000.0)]
    public double Tolerance { get; init; }

    /// <summary>Whether hits of small regions count more.</summary>
    [Description("a hit counts one less the region's share of the image")]
    public bool Weighted { get; init; }

    /// <summary>Whose definition.</summary>
    [Description("paper (a constant map and an empty mask are undefined), or quantus (any of several largest values counts, an empty mask is a hit)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
