using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>
/// How compact and coherent the salient pixels lie: 1/sqrt(area of their convex hull) x their number / length of their minimum spanning tree in the graph of nearest neighbors
/// (Mesgari et al. 2026, Structural compactness as a complementary criterion for explanation quality). At least 0, higher is more compact; for maps [H, W]. Where the hull has no area,
/// the image's diagonal takes the place of its root. Undefined for a map of zeros and for a single salient pixel.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MstComplexityMetric(MstComplexityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = ComplexityTraits.Of(MetricDirection.Higher);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Pixels, absolute: true, MapNormalization.Max);
        MetricResult[] results = new MetricResult[features.Length];
        for (int i = 0; i < results.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results[i] = request.Items[i].Map!.Shape.Rank == 2
                ? Of(features[i].Values, (int)request.Items[i].Map!.Shape[0], (int)request.Items[i].Map!.Shape[1])
                : MetricResult.NotApplicable("the hull's area is defined for maps over height and width only");
            request.Progress?.Report((i + 1.0) / results.Length);
        }

        return Task.FromResult<IReadOnlyList<MetricResult>>(results);
    }

    private MetricResult Of(float[] map, int height, int width)
    {
        if (Array.TrueForAll(map, v => v == 0)) return options.Compat == Compatibility.Quantus ? MetricResult.Of(0) : MetricResult.Undefined(ComplexityTraits.AllZero);
        double cutoff = Percentile(map, options.Threshold);
        var points = new PixelSet([.. map.Select(v => v >= cutoff)], height, width);
        if (points.Count < 2) return MetricResult.Undefined("a single pixel is salient");
        double diagonal = Math.Sqrt(((double)height * height) + ((double)width * width)), hull = points.HullArea();
        double spread = hull > 0 ? 1 / Math.Sqrt(hull) : 1 / diagonal;
        double length = points.SpanningLength(options.Neighbors, options.Connect);
        return MetricResult.Of(spread * points.Count / length * (options.Scale ? 100 * diagonal : 1)) with
        {
            Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["pixels"] = points.Count, ["hull-area"] = hull, ["tree-length"] = length },
        };
    }

    /// <summary>Percentile by linear interpolation between neighbors.</summary>
    private static double Percentile(float[] values, double percent)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted);
        double place = percent / 100 * (sorted.Length - 1);
        int below = (int)place;
        double low = sorted[below], high = sorted[Math.Min(below + 1, sorted.Length - 1)], share = place - below;
        // From the nearer end, so that equal neighbors give exactly their value.
        return share < 0.5 ? low + ((high - low) * share) : high - ((high - low) * (1 - share));
    }
}
