using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// With K pixels in the ground-truth mask: share of the K largest values of the map that lie in it (Arras, Osman, Samek 2022, CLEVR-XAI, equation 4). In [0, 1], higher is better.
/// Undefined where the mask is empty or the map constant.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RelevanceRankAccuracyMetric(RelevanceRankAccuracyOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share();

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        float[] map = MapOf(item, options.Abs);
        return IsConstant(map) ? MetricResult.Undefined(ConstantMap) : MetricResult.Of(ShareOfLargest(map, region, Count(region)));
    }
}
