using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Options of <see cref="LayerActivationExplainer"/>.</summary>
public sealed record LayerOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer; auto: the last feature map, or what the last attention reads")]
    public string Layer { get; init; } = "auto";
}
