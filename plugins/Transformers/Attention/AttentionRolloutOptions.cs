using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Transformers.Attention;

/// <summary>Options of <see cref="AttentionRolloutExplainer"/>. The defaults are the paper's definition.</summary>
public sealed record AttentionRolloutOptions
{
    /// <summary>First image block; negative numbers count from the end.</summary>
    [Description("first image block of the product, from 0 (all: the paper); negative counts from the end, -1 is the last alone"), Range(-1000, 1000)]
    public int Start { get; init; }

    /// <summary>First text block; negative numbers count from the end.</summary>
    [Description("first text block of the product, from 0 (all: the paper); negative counts from the end, -1 is the last alone"), Range(-1000, 1000)]
    public int TextStart { get; init; }
}
