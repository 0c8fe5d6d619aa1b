using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Options of all methods that weight the channels of a layer.</summary>
public sealed record CamOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer; auto: the last feature map, or what the last attention reads")]
    public string Layer { get; init; } = "auto";

    /// <summary>Form of the map.</summary>
    [Description("relu: rectified, at the layer's resolution; raw: with its sign; final: min-max and resized to the input as pytorch-grad-cam does")]
    public CamForm Form { get; init; } = CamForm.Relu;
}
