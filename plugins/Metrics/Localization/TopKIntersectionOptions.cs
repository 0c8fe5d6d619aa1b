using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="TopKIntersectionMetric"/>.</summary>
public sealed record TopKIntersectionOptions : RegionOrderOptions
{
    /// <summary>Number of largest values.</summary>
    [Description("number of largest values; all where the map has fewer"), Range(1, 1 << 24)]
    public int K { get; init; } = 1000;

    /// <summary>Whether the share is divided by the region's share of the image.</summary>
    [Description("divide by the region's share of the image (concept influence): 1 is what a random order gets")]
    public bool ConceptInfluence { get; init; }
}
