using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>Options of <see cref="SaliencyExplainer"/>.</summary>
public sealed record SaliencyOptions
{
    /// <summary>Whether the absolute gradient is taken (the paper's definition) or its sign kept.</summary>
    [Description("absolute gradient or, with false, the signed one")]
    public bool Abs { get; init; } = true;

    /// <summary>How channels become one.</summary>
    [Description("how channels become one map: auto (maximum of the absolute gradient, sum of the signed one), max, sum")]
    public ChannelFold Channels { get; init; } = ChannelFold.Auto;
}
