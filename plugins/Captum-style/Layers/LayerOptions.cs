using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Options of <see cref="LayerActivationExplainer"/>.</summary>
public sealed record LayerOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer; auto: the last feature map, or the input of the last block")]
    public string Layer { get; init; } = "auto";
}
