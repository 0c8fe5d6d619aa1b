using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="MaxSensitivityMetric"/>.</summary>
public sealed record MaxSensitivityOptions
{
    /// <summary>Changed images.</summary>
    [Description("changed images"), Range(1, 100000)]
    public int Samples { get; init; } = 10;

    /// <summary>Largest change.</summary>
    [Description("largest change of a value, in normalized pixels; changes are uniform within it"), Range(1e-9, 1000.0)]
    public double Radius { get; init; } = 0.02;

    /// <summary>Which numbers are compared.</summary>
    [Description("what is compared: map, or elements (the attribution of every value of the image, as Captum does)")]
    public MeasuredAttribution Compare { get; init; } = MeasuredAttribution.Map;
}
