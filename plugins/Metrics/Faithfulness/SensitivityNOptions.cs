using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="SensitivityNMetric"/>.</summary>
public sealed record SensitivityNOptions : FeatureStepOptions
{
    /// <summary>Whose definition.</summary>
    [Description("paper (random subsets, correlated for each image), or quantus (cumulative removal, correlated across the images measured at once)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;

    /// <summary>Numbers of features.</summary>
    [Description("compat=paper: how many sizes n of subsets, spread evenly in logarithm from 1 to the largest share"), Range(1, 1000)]
    public int Sizes { get; init; } = 8;

    /// <summary>Subsets of each size.</summary>
    [Description("compat=paper: random subsets of each size"), Range(2, 100000)]
    public int Samples { get; init; } = 100;

    /// <summary>Largest share of the features.</summary>
    [Description("largest share of the features that is removed"), Range(1e-6, 1.0)]
    public double Share { get; init; } = 0.8;

    /// <summary>How the map is scaled.</summary>
    [Description("compat=quantus: scale of the map, none, max or batch-max")]
    public MapNormalization Normalize { get; init; } = MapNormalization.None;
}
