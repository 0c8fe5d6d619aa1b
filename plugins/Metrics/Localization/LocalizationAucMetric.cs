using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Numerics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// Area under the receiver operating characteristic of the map as a score for the mask (Fawcett 2006, An introduction to ROC analysis, section 7): the chance that a pixel inside has a
/// larger value than one outside, ties counting half. In [0, 1], higher is better, 0.5 for a constant map. Undefined where the mask is empty or the whole image.
/// </summary>
/// <param name="options">Options.</param>
public sealed class LocalizationAucMetric(LocalizationAucOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share();

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        double inside = Count(region), outside = region.Length - inside;
        if (outside == 0) return MetricResult.Undefined("the mask is the whole image");
        double[] ranks = Correlation.Ranks<float>(MapOf(item, options.Abs));
        double sum = 0;
        for (int i = 0; i < ranks.Length; i++) if (region[i]) sum += ranks[i];
        return MetricResult.Of(Math.Clamp((sum - (inside * (inside + 1) / 2)) / (inside * outside), 0, 1));
    }
}
