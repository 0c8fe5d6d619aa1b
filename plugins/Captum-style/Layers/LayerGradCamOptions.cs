using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Options of <see cref="LayerGradCamExplainer"/>.</summary>
public sealed record LayerGradCamOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer; auto: the last feature map, or what the last attention reads")]
    public string Layer { get; init; } = "auto";

    /// <summary>Whether negative values are dropped.</summary>
    [Description("drop what speaks against the target (the paper) instead of keeping the sign")]
    public bool Relu { get; init; }

    /// <summary>Resizing to the size of the input.</summary>
    [Description("bring the map to the size of the model's input: none, nearest or bilinear")]
    public LayerInterpolation Interpolate { get; init; } = LayerInterpolation.None;
}
