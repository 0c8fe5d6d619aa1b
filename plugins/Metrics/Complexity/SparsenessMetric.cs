using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>
/// Gini index of the map's absolute values (Chalasani et al. 2020, Concise explanations of neural networks using adversarial training, section 2.3; Hurley, Rickard 2009, equation of
/// the Gini index). Between 0 (all equal) and 1 - 1/n (all in one value), higher is sparser. Undefined for a map of zeros.
/// </summary>
/// <param name="options">Options.</param>
public sealed class SparsenessMetric(SparsenessOptions options) : IMetric
{
    private const double Added = 1e-7;

    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ComplexityTraits.Of(MetricDirection.Higher, 1) with { BatchDependence = MapScaling.Dependence(options.Normalize) };

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult<IReadOnlyList<MetricResult>>([.. Features.Of(request, FeatureKind.Pixels, absolute: true, options.Normalize).Select(f => Of(f.Values))]);
    }

    private MetricResult Of(float[] map)
    {
        double added = options.Compat == Compatibility.Quantus ? Added : 0, total = 0, weighted = 0;
        float[] sorted = [.. map];
        Array.Sort(sorted);
        for (int i = 0; i < sorted.Length; i++)
        {
            total += sorted[i] + added;
            weighted += ((2.0 * (i + 1)) - sorted.Length - 1) * (sorted[i] + added);
        }

        return total == 0 ? MetricResult.Undefined(ComplexityTraits.AllZero) : MetricResult.Of(Math.Clamp(weighted / (sorted.Length * total), 0, 1));
    }
}
