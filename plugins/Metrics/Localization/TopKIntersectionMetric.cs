using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Share of the k largest values of the map that lie in the mask (Theiner, Müller-Budack, Ewerth 2022, Interpretable semantic photo geolocation, section 3.4). In [0, 1], higher is
/// better; with concept influence divided by the mask's share of the image. Undefined where the mask is empty or the map constant.
/// </summary>
/// <param name="options">Options.</param>
public sealed class TopKIntersectionMetric(TopKIntersectionOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share() with { Maximum = options.ConceptInfluence ? double.PositiveInfinity : 1 };

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        float[] map = MapOf(item, options.Abs);
        if (IsConstant(map)) return MetricResult.Undefined(ConstantMap);
        double share = ShareOfLargest(map, region, Math.Min(options.K, map.Length));
        return MetricResult.Of(options.ConceptInfluence ? share * map.Length / Count(region) : share);
    }
}
