using System.ComponentModel;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>Options of <see cref="SaliencyExplainer"/>.</summary>
public sealed record SaliencyOptions
{
    /// <summary>Whether the absolute gradient is taken (the paper's definition) or its sign kept.</summary>
    [Description("absolute gradient (maximum over channels) or, with false, the signed one (sum over channels)")]
    public bool Abs { get; init; } = true;
}
