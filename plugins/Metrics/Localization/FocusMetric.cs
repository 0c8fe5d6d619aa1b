using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Share of the positive relevance of a mosaic of images that lies on the images of the target's class (Arias-Duart et al. 2022, Focus! Rating XAI methods and finding biases, equation
/// 1). The item's image is the mosaic, its mask the parts of the target's class. In [0, 1], higher is better. Undefined where no part is of the class or the map has no positive value.
/// </summary>
/// <param name="options">Options.</param>
public sealed class FocusMetric(FocusOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share();

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request) =>
        MetricResult.OfOrUndefined(MassRatio.Of(item, region, MapMass.Positive, options.Compat), MassRatio.NoMass);
}
