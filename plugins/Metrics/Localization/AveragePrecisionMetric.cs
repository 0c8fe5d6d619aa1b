namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Average precision of the scaled map as a score for the mask, over a data set the mean over images; with both classes, one less the map is the score for the background and both are
/// ranked together. See <see cref="SegmentationMetric"/>. In [0, 1], higher is better.
/// </summary>
/// <param name="options">Options.</param>
public sealed class AveragePrecisionMetric(AveragePrecisionOptions options) : SegmentationMetric
{
    private protected override string Name { get; } = options.Classes == SegmentationClasses.Both ? "average-precision" : "average-precision-foreground";
}
