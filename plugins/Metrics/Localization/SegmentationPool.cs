using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Segmentation over a data set: counts of pixels are summed, average precision and F1 are means over images.</summary>
/// <param name="name">The detail that is the value.</param>
internal sealed class SegmentationPool(string name) : IMetricPool
{
    private static readonly string[] Means = ["average-precision", "average-precision-foreground", "f1"];

    private readonly long[] _counts = new long[5];
    private readonly double[] _sums = new double[Means.Length];
    private int _items;

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Status != MetricStatus.Measured) return;
        ReadOnlySpan<long> counts = item.State["counts"].Int64s;
        for (int i = 0; i < _counts.Length; i++) _counts[i] += counts[i];
        for (int i = 0; i < _sums.Length; i++) _sums[i] += item.Details[Means[i]];
        _items++;
    }

    /// <inheritdoc/>
    public PooledResult Finish()
    {
        if (_items == 0) return new PooledResult(MetricResult.Undefined("no item has a segmentation"));
        Dictionary<string, double> details = new(StringComparer.Ordinal)
        {
            ["pixel-accuracy"] = SoftSegmentation.PixelAccuracyOf(_counts),
            ["iou-background"] = SoftSegmentation.IouOf(_counts, foreground: false),
            ["iou-foreground"] = SoftSegmentation.IouOf(_counts, foreground: true),
            ["mean-iou"] = SoftSegmentation.MeanIouOf(_counts),
        };
        for (int i = 0; i < Means.Length; i++) details[Means[i]] = _sums[i] / _items;
        return new PooledResult(MetricResult.OfOrUndefined(details[name], "the number is not defined for these masks") with { Details = details });
    }
}
