namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Share of pixels on the right side of the map's mean; over a data set of all its pixels. See <see cref="SegmentationMetric"/> for the segmentation. In [0, 1], higher is better.</summary>
public sealed class PixelAccuracyMetric : SegmentationMetric
{
    private protected override string Name => "pixel-accuracy";
}
