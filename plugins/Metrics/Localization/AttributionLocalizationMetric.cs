using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Share of the map's mass that lies in the object's region (Kohlbrenner et al. 2020, Towards best practice in explaining neural network decisions with LRP, equations 8 and 9).
/// In [0, 1] without weighting, higher is better. Undefined where the mask is empty, the map has no mass, or signed mass gives a share above 1.
/// </summary>
/// <param name="options">Options.</param>
public sealed class AttributionLocalizationMetric(AttributionLocalizationOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share() with
    {
        Minimum = options.Mass == MapMass.Signed ? double.NegativeInfinity : 0,
        BatchDependence = options.Weighting == AreaWeighting.Batch ? "weighting=batch counts the values of all images measured at once; take weighting=inverse or weighting=share" : null,
        Maximum = options.Weighting is AreaWeighting.None or AreaWeighting.Share ? 1 : double.PositiveInfinity,
    };

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        double area = (double)Count(region) / region.Length;
        if (area > options.MaxArea) return MetricResult.NotApplicable("the region covers more of the image than max-area");
        double share = MassRatio.Of(item, region, options.Mass, options.Compat);
        if (double.IsNaN(share)) return MetricResult.Undefined(MassRatio.NoMass);
        // Rounding may lift a share of exactly 1.
        if (share > 1 + 1e-12) return MetricResult.Undefined("negative values outside the region make the share larger than 1");
        return options.Weighting switch
        {
            AreaWeighting.Inverse => MetricResult.Of(share / area),
            AreaWeighting.Share => MetricResult.Of(share * area),
            AreaWeighting.Batch => MetricResult.OfOrUndefined(share * Count(region) / ((request.Items.Count - 2.0) * item.Image.Pixels.Length), "weighting=batch needs more than two images measured at once"),
            _ => MetricResult.Of(share),
        };
    }
}
