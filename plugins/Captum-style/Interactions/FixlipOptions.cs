using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>Options of <see cref="FixlipExplainer"/>.</summary>
public sealed record FixlipOptions() : FeatureOptions(32)
{
    /// <summary>Probability that a player is there.</summary>
    [Description("probability p that a region is shown and a word is kept: whether interactions are to be faithful near the empty pair or near the whole one"), Range(0.01, 0.99)]
    public double P { get; init; } = 0.5;

    /// <summary>Choices of regions.</summary>
    [Description("choices of regions, an image embedding each; all there are, weighted by their probability, where they are no more than this"), Range(2, 1000000)]
    public int ImageSamples { get; init; } = 500;

    /// <summary>Choices of words.</summary>
    [Description("choices of words, a text embedding each; all there are, weighted by their probability, where they are no more than this"), Range(2, 1000000)]
    public int TextSamples { get; init; } = 128;

    /// <summary>Pairs with an interaction of their own.</summary>
    [Description("pairs with an interaction of their own: cross (a region and a word), or all (two regions and two words as well; takes more samples than there are pairs)")]
    public FixlipPairs Pairs { get; init; } = FixlipPairs.Cross;

    /// <summary>What a text is without some words.</summary>
    [Description("a text without some words: removed (the others close up), or padding in their places")]
    public AbsentWords Absent { get; init; } = AbsentWords.Removed;

    /// <summary>Stabilizes the fit.</summary>
    [Description("ridge of the fit, relative to the diagonal of its normal equations; larger ones shrink the values of few samples"), Range(0.0, 1000.0)]
    public double Ridge { get; init; } = 1e-6;
}
