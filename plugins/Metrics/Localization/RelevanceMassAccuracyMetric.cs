using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Relevance in the ground-truth mask over all relevance (Arras, Osman, Samek 2022, CLEVR-XAI, equation 3). In [0, 1] unless mass is signed, higher is better. Undefined where
/// the mask is empty or the map has no mass.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RelevanceMassAccuracyMetric(RelevanceMassAccuracyOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share() with
    {
        Minimum = options.Mass == MapMass.Signed ? double.NegativeInfinity : 0,
        Maximum = options.Mass == MapMass.Signed ? double.PositiveInfinity : 1,
    };

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request) =>
        MetricResult.OfOrUndefined(MassRatio.Of(item, region, options.Mass, Compatibility.Paper), MassRatio.NoMass);
}
