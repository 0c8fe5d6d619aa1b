using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Gradients;

/// <summary>Options of <see cref="TokenGradCamExplainer"/>.</summary>
public sealed record TokenGradCamOptions
{
    /// <summary>Which image block's input; negative numbers count from the end.</summary>
    [Description("image block whose input tokens are weighted, from 0; negative counts from the end, -1 is the last"), Range(-1000, 1000)]
    public int Block { get; init; } = -1;

    /// <summary>In how many heads that block attends.</summary>
    [Description("attention heads of that block: native (the model's) or single (one over all channels, as the published code of Grad-ECLIP compares)")]
    public AttentionHeads Heads { get; init; } = AttentionHeads.Native;
}
