using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="PixelFlippingMetric"/>.</summary>
public sealed record PixelFlippingOptions : FeatureStepOptions
{
    /// <summary>Which features go first.</summary>
    [Description("which go first: most-relevant (lower area is better) or least-relevant (higher is better)")]
    public RemovalOrder Order { get; init; } = RemovalOrder.MostRelevant;

    /// <summary>How the area is given.</summary>
    [Description("area under the curve: normalized (mean height), raw (distance 1 between points, without the unchanged image)")]
    public AreaScale Area { get; init; } = AreaScale.Normalized;
}
