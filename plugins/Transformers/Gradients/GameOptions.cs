using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Transformers.Gradients;

/// <summary>Options of <see cref="GameExplainer"/>. The defaults are the paper's definition.</summary>
public sealed record GameOptions
{
    /// <summary>First image block; negative numbers count from the end.</summary>
    [Description("first image block, from 0 (all: the paper); negative counts from the end, -1 is the last alone, the published code's default for CLIP"), Range(-1000, 1000)]
    public int Start { get; init; }

    /// <summary>First text block; negative numbers count from the end.</summary>
    [Description("first text block, from 0 (all: the paper); negative counts from the end, -1 is the last alone, the published code's default for CLIP"), Range(-1000, 1000)]
    public int TextStart { get; init; }

    /// <summary>Whether a cosine is differentiated as a logit.</summary>
    [Description("differentiate a cosine as a logit, tau times as large, as published; the map is not linear in the score, so false gives another map")]
    public bool Logit { get; init; } = true;
}
