using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of the metrics of sensitivity.</summary>
public abstract record SensitivityOptions : NoiseOptions
{
    /// <summary>Which numbers are compared.</summary>
    [Description("what is compared: map, or elements (the attribution of every value of the image, as Captum does)")]
    public MeasuredAttribution Compare { get; init; } = MeasuredAttribution.Map;
}
