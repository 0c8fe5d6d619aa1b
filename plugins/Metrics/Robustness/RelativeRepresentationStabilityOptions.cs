using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="RelativeRepresentationStabilityMetric"/>.</summary>
public sealed record RelativeRepresentationStabilityOptions : RelativeStabilityOptions
{
    /// <summary>Which representation.</summary>
    [Description("tap of the image encoder that is the representation; empty for the image embedding")]
    public string Tap { get; init; } = string.Empty;
}
