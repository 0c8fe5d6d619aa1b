using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Share of the map's energy inside the object's mask (Wang et al. 2020, Score-CAM, equation 6). In [0, 1] unless energy is signed, higher is better. Undefined where the mask is empty
/// or the map has no energy. Details: <c>energy-min-max</c>, <c>energy-positive</c>, and <c>hit</c>, the pointing game in which any of several largest values counts.
/// </summary>
/// <param name="options">Options.</param>
public sealed class EnergyPointingGameMetric(EnergyPointingGameOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share() with
    {
        Minimum = options.Mass == MapMass.Signed ? double.NegativeInfinity : 0,
        Maximum = options.Mass == MapMass.Signed ? double.PositiveInfinity : 1,
    };

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        ReadOnlySpan<float> map = item.Map!.Floats;
        return MetricResult.OfOrUndefined(MapRegions.ShareInside(map, region, options.Mass), MassRatio.NoMass) with
        {
            Details = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["energy-min-max"] = MapRegions.ShareInside(map, region, MapMass.MinMax),
                ["energy-positive"] = MapRegions.ShareInside(map, region),
                ["hit"] = MapRegions.PointsInto(map, region) ? 1 : 0,
            },
        };
    }
}
