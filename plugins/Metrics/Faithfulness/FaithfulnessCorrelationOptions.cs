using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="FaithfulnessCorrelationMetric"/>.</summary>
public sealed record FaithfulnessCorrelationOptions : PerturbationOptions
{
    /// <summary>What a feature is.</summary>
    [Description("what a feature is: pixels (all channels together), elements (each channel alone)")]
    public FeatureKind Features { get; init; } = FeatureKind.Pixels;

    /// <summary>Number of random subsets.</summary>
    [Description("random subsets"), Range(2, 100000)]
    public int Runs { get; init; } = 100;

    /// <summary>Features in a subset.</summary>
    [Description("features in a subset"), Range(1, 1 << 24)]
    public int Subset { get; init; } = 224;
}
