using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Share of the map's mass outside the region, the body's outline for example: one less the share inside. In [0, 1] unless mass is signed, lower is better. Undefined where the
/// mask is empty or the map has no mass.
/// </summary>
/// <param name="options">Options.</param>
public sealed class OutsideMassMetric(OutsideMassOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share(MetricDirection.Lower) with
    {
        Minimum = options.Mass == MapMass.Signed ? double.NegativeInfinity : 0,
        Maximum = options.Mass == MapMass.Signed ? double.PositiveInfinity : 1,
    };

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request) =>
        MetricResult.OfOrUndefined(1 - MassRatio.Of(item, region, options.Mass, Compatibility.Paper), MassRatio.NoMass);
}
