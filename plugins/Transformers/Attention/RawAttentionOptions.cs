using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Attention;

/// <summary>Options of <see cref="RawAttentionExplainer"/>.</summary>
public sealed record RawAttentionOptions
{
    /// <summary>Which image block; negative numbers count from the end.</summary>
    [Description("image block whose attention is shown, from 0; negative counts from the end, -1 is the last"), Range(-1000, 1000)]
    public int Block { get; init; } = -1;

    /// <summary>Which text block; negative numbers count from the end.</summary>
    [Description("text block whose attention is shown, from 0; negative counts from the end, -1 is the last"), Range(-1000, 1000)]
    public int TextBlock { get; init; } = -1;

    /// <summary>Which head; null for the mean of all.</summary>
    [Description("head whose attention is shown, from 0; none: the mean of all heads"), Range(0, 1000)]
    public int? Head { get; init; }

    /// <summary>In how many heads the block attends.</summary>
    [Description("attention heads of the block: native (the model's) or single (one over all channels, as the published code of Grad-ECLIP compares)")]
    public AttentionHeads Heads { get; init; } = AttentionHeads.Native;
}
