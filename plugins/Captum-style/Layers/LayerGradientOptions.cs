using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Options of <see cref="LayerGradientXActivationExplainer"/>.</summary>
public sealed record LayerGradientOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer; auto: the last feature map, or what the last attention reads")]
    public string Layer { get; init; } = "auto";

    /// <summary>Whether the gradient is multiplied by the activation.</summary>
    [Description("gradient times activation or, with false, the gradient alone")]
    public bool Multiply { get; init; } = true;
}
