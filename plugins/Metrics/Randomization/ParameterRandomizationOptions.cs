using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>What the two tests share that randomize layer after layer.</summary>
public abstract record ParameterRandomizationOptions : LayerOptions
{
    /// <summary>Makes the defaults.</summary>
    protected ParameterRandomizationOptions() => Abs = true;

    /// <summary>How maps are compared.</summary>
    [Description("how maps are compared: spearman, pearson, cosine, ssim (Gaussian window), ssim-uniform (7 x 7), ssim-flat (as one line)")]
    public SimilarityMeasure Similarity { get; init; } = SimilarityMeasure.Spearman;

    /// <summary>In which order.</summary>
    [Description("top-down (cascading from the output), bottom-up (from the input), independent (each layer alone)")]
    public LayerOrder Order { get; init; } = LayerOrder.TopDown;

    /// <summary>Whether only the last step is made.</summary>
    [Description("only the last step: with a cascade, all layers randomized at once")]
    public bool OnlyLast { get; init; }

    /// <summary>Which similarity is the value.</summary>
    [Description("the value: average (over the layers) or last")]
    public RandomizedValue Value { get; init; } = RandomizedValue.Average;

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (the average counts the original model too)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
