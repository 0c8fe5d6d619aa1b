using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>Options of <see cref="NonSensitivityMetric"/>.</summary>
public sealed record NonSensitivityOptions : FeatureStepOptions
{
    /// <summary>Makes the default: without sign.</summary>
    public NonSensitivityOptions() => Abs = true;

    /// <summary>What counts as zero.</summary>
    [Description("attributions, and changes of the score, below this count as none"), Range(0.0, double.MaxValue)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>How the map is scaled.</summary>
    [Description("scale of the map before it is compared with epsilon: none, max, batch-max (Quantus)")]
    public MapNormalization Normalize { get; init; } = MapNormalization.Max;

    /// <summary>Whether features are counted.</summary>
    [Description("the number of features instead of their share")]
    public bool Count { get; init; }
}
