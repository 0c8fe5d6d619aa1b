using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="AttributionLocalizationMetric"/>.</summary>
public sealed record AttributionLocalizationOptions
{
    /// <summary>What counts as mass.</summary>
    [Description("what counts as mass: positive, absolute, min-max (values less the smallest), signed")]
    public MapMass Mass { get; init; } = MapMass.Positive;

    /// <summary>How the size of the region enters.</summary>
    [Description("how the region's size enters: none, inverse (the paper's weighted form), share or batch (as in Quantus 0.5.3 and 0.6)")]
    public AreaWeighting Weighting { get; init; } = AreaWeighting.None;

    /// <summary>Largest region that is measured.</summary>
    [Description("largest share of the image that a region may cover; items with larger ones are not measured"), Range(1e-6, 1.0)]
    public double MaxArea { get; init; } = 1;

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (a map of zeros has share 0)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
