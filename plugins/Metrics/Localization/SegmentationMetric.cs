using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// What metrics share that read a map as a soft segmentation of the object: the map scaled to [0, 1], foreground where it is above its mean, a constant map all background
/// (Chefer, Gur, Wolf 2021, Transformer interpretability beyond attention visualization, section 4; Zhao et al. 2024, Grad-ECLIP). Undefined where the mask is empty.
/// Details: all numbers of the segmentation, of the image and, in the pool, of the data set.
/// </summary>
public abstract class SegmentationMetric : RegionMetric, IPooledMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share();

    /// <inheritdoc/>
    public IMetricPool CreatePool() => new SegmentationPool(Name);

    /// <summary>The detail that is the value.</summary>
    private protected abstract string Name { get; }

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        var segmentation = SoftSegmentation.Of(item.Map!.Floats, region);
        Dictionary<string, double> details = segmentation.Details();
        return MetricResult.OfOrUndefined(details[Name], "the number is not defined for this mask") with { Details = details, State = segmentation.State() };
    }
}
