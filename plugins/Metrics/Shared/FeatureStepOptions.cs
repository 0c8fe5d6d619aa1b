using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>What metrics share that fill features in groups.</summary>
public abstract record FeatureStepOptions : PerturbationOptions
{
    /// <summary>What a feature is.</summary>
    [Description("what a feature is: pixels (all channels together), elements (each channel alone)")]
    public FeatureKind Features { get; init; } = FeatureKind.Pixels;

    /// <summary>Features in a group.</summary>
    [Description("features in a step; the last step takes what is left"), Range(1, 1 << 24)]
    public int Step { get; init; } = 224;
}
