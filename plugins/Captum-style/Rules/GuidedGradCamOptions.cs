using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>Options of <see cref="GuidedGradCamExplainer"/>.</summary>
public sealed record GuidedGradCamOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer; auto: the last feature map, or what the last attention reads")]
    public string Layer { get; init; } = "auto";

    /// <summary>How the layer's map is brought to the size of the input.</summary>
    [Description("how the layer's map is brought to the size of the input")]
    public GuidedInterpolation Interpolation { get; init; } = GuidedInterpolation.Bilinear;
}
