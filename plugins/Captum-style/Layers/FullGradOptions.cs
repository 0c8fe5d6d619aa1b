using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Options of <see cref="FullGradExplainer"/>.</summary>
public sealed record FullGradOptions
{
    /// <summary>Whether the sum is brought to [0, 1].</summary>
    [Description("min-max the map to [0, 1], as pytorch-grad-cam does")]
    public bool Scale { get; init; }
}
