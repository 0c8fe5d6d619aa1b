using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="AveragePrecisionMetric"/>.</summary>
public sealed record AveragePrecisionOptions
{
    /// <summary>Which classes count.</summary>
    [Description("both (scores of background and foreground ranked together, Chefer et al.) or foreground (the object alone)")]
    public SegmentationClasses Classes { get; init; } = SegmentationClasses.Both;
}
