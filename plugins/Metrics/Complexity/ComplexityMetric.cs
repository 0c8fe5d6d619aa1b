using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>
/// Entropy (in nats) of the map's absolute values as shares of their sum (Bhatt, Weller, Moura 2020, Evaluating and aggregating feature-based model explanations, definition 5).
/// Between 0 and the logarithm of the number of values, lower is simpler. Undefined for a map of zeros. Detail <c>relative</c>: divided by that logarithm.
/// </summary>
public sealed class ComplexityMetric : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ComplexityTraits.Of(MetricDirection.Lower);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult<IReadOnlyList<MetricResult>>([.. request.Items.Select(i => Of(i.Map!.Floats))]);
    }

    private static MetricResult Of(ReadOnlySpan<float> map)
    {
        double total = 0, entropy = 0;
        foreach (float v in map) total += Math.Abs(v);
        if (total == 0) return MetricResult.Undefined(ComplexityTraits.AllZero);
        foreach (float v in map)
        {
            double share = Math.Abs(v) / total;
            if (share > 0) entropy -= share * Math.Log(share);
        }

        // A single value has entropy 0, not -0.
        entropy = Math.Max(0, entropy);
        return MetricResult.Of(entropy) with
        {
            Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["relative"] = map.Length > 1 ? entropy / Math.Log(map.Length) : 0 },
        };
    }
}
