using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>What metrics share that compare a map with the union of an item's masks, value by value, in any number of axes. An empty region makes an item undefined.</summary>
public abstract class RegionMetric : IMetric
{
    /// <summary>Why an empty region has no value.</summary>
    internal const string EmptyMask = "the mask is empty";

    /// <summary>Why a constant map has no order.</summary>
    internal const string ConstantMap = "the map is constant: no value stands out";

    /// <inheritdoc/>
    public abstract MetricTraits Traits { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        MetricResult[] results = new MetricResult[request.Items.Count];
        for (int i = 0; i < results.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MeasuredItem item = request.Items[i];
            bool[] region = item.Region()!;
            results[i] = region.AsSpan().Contains(true) ? Measure(item, region, request) : WithoutRegion(item);
            request.Progress?.Report((i + 1.0) / results.Length);
        }

        return Task.FromResult<IReadOnlyList<MetricResult>>(results);
    }

    /// <summary>Measures an item.</summary>
    /// <param name="item">The item; it has a map.</param>
    /// <param name="region">Which values of the map belong to the region: at least one.</param>
    /// <param name="request">The request it belongs to.</param>
    private protected abstract MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request);

    /// <summary>What an item with an empty region gets.</summary>
    private protected virtual MetricResult WithoutRegion(MeasuredItem item) => MetricResult.Undefined(EmptyMask);

    /// <summary>The item's map, without signs if wished.</summary>
    private protected static float[] MapOf(MeasuredItem item, bool absolute)
    {
        float[] map = item.Map!.Floats.ToArray();
        if (absolute) TensorPrimitives.Abs(map, map);
        return map;
    }

    /// <summary>Whether all values of a map are equal.</summary>
    private protected static bool IsConstant(ReadOnlySpan<float> map) => !map.ContainsAnyExcept(map[0]);

    /// <summary>Traits of a metric in [0, 1] that needs a map and a mask.</summary>
    private protected static MetricTraits Share(MetricDirection direction = MetricDirection.Higher) =>
        new() { Family = MetricFamily.Localization, Direction = direction, Needs = MetricNeeds.Map | MetricNeeds.Mask, Minimum = 0, Maximum = 1 };

    /// <summary>Number of true values.</summary>
    private protected static int Count(bool[] region) => region.AsSpan().Count(true);

    /// <summary>Share of the <paramref name="count"/> largest values that lie in the region; ties go to the first.</summary>
    private protected static double ShareOfLargest(float[] map, bool[] region, int count) =>
        Enumerable.Range(0, map.Length).OrderByDescending(i => map[i]).Take(count).Count(i => region[i]) / (double)count;
}
