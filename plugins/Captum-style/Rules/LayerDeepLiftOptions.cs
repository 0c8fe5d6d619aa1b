using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>Options of <see cref="LayerDeepLiftExplainer"/>.</summary>
public sealed record LayerDeepLiftOptions : DeepLiftOptions
{
    /// <summary>Which layer.</summary>
    [Description("tap, value or module path of the layer, or a module path with .input for what it reads; auto: the last feature map")]
    public string Layer { get; init; } = "auto";
}
