namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Intersection over union of the map's segmentation and the mask; over a data set of the summed intersections and unions. See <see cref="SegmentationMetric"/>. In [0, 1], higher is better.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MaskIouMetric(MaskIouOptions options) : SegmentationMetric
{
    private protected override string Name { get; } = options.Classes == SegmentationClasses.Both ? "mean-iou" : "iou-foreground";
}
