using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="MaskIouMetric"/>.</summary>
public sealed record MaskIouOptions
{
    /// <summary>Which classes count.</summary>
    [Description("both (mean of background and foreground, Chefer et al.) or foreground (the object alone)")]
    public SegmentationClasses Classes { get; init; } = SegmentationClasses.Both;
}
