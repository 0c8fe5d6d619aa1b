using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>Options of <see cref="InputInvarianceMetric"/>.</summary>
public sealed record InputInvarianceOptions
{
    /// <summary>What is added to every value of the image.</summary>
    [Description("what is added to every value of the image, in normalized pixels"), Range(-1000.0, 1000.0)]
    public double Shift { get; init; } = -1;

    /// <summary>Largest difference allowed.</summary>
    [Description("largest difference of two values of the maps, as a share of the larger map's largest"), Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus: the first value of the image is not shifted, and a difference of 1e-4 + 1e-5 of the value is allowed")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
