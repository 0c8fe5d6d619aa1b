using System.ComponentModel;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>Options of <see cref="MaskClipExplainer"/>.</summary>
public sealed record MaskClipOptions
{
    /// <summary>How patches are weighted by their keys.</summary>
    [Description("key smoothing: none, patches (the paper's: similar keys share their values), or class-token (times the similarity with the class token's key, as the published code of Grad-ECLIP compares)")]
    public KeySmoothing Smoothing { get; init; } = KeySmoothing.None;
}
