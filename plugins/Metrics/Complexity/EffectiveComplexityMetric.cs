using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>
/// Number of values of the map that are larger, in absolute value, than a tolerance (Nguyen, Martínez 2020, On quantitative aspects of model interpretability, section 4.3). Between 0
/// and the number of values, lower is simpler. Undefined for a map of zeros. Detail <c>share</c>: of all values.
/// </summary>
/// <param name="options">Options.</param>
public sealed class EffectiveComplexityMetric(EffectiveComplexityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ComplexityTraits.Of(MetricDirection.Lower) with { BatchDependence = MapScaling.Dependence(options.Normalize) };

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult<IReadOnlyList<MetricResult>>([.. Features.Of(request, FeatureKind.Pixels, absolute: true, options.Normalize).Select(f => Of(f.Values))]);
    }

    private MetricResult Of(float[] map)
    {
        if (options.Compat == Compatibility.Paper && Array.TrueForAll(map, v => v == 0)) return MetricResult.Undefined(ComplexityTraits.AllZero);
        int count = map.Count(v => v > options.Epsilon);
        return MetricResult.Of(count) with { Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["share"] = (double)count / map.Length } };
    }
}
