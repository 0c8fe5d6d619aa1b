using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>
/// 1 where the largest value of the map lies in the object's mask, else 0; of several equal ones any counts (Zhang et al. 2018, Top-down neural attention by excitation backprop,
/// section 4.1; Zhao et al. 2024, Grad-ECLIP). Higher is better; the mean over a data set is the accuracy. Undefined where the mask is empty or the map constant.
/// </summary>
/// <param name="options">Options.</param>
public sealed class PointingGameMetric(PointingGameOptions options) : RegionMetric
{
    /// <inheritdoc/>
    public override MetricTraits Traits { get; } = Share();

    private protected override MetricResult Measure(MeasuredItem item, bool[] region, MetricRequest request)
    {
        float[] values = MapOf(item, options.Abs);
        if (IsConstant(values) && options.Compat == Compatibility.Paper) return MetricResult.Undefined(ConstantMap);
        HostTensor map = MapRegions.Smooth(HostTensor.Of(values, item.Map!.Shape), options.Sigma);
        bool hit = options.Tolerance > 0 ? PointsNear(map, region) : MapRegions.PointsInto(map.Floats, region);
        return MetricResult.Of(!hit ? 0 : options.Weighted ? 1 - ((double)Count(region) / region.Length) : 1);
    }

    private protected override MetricResult WithoutRegion(MeasuredItem item) => options.Compat == Compatibility.Quantus ? MetricResult.Of(1) : base.WithoutRegion(item);

    private bool PointsNear(HostTensor map, bool[] region)
    {
        float largest = TensorPrimitives.Max(map.Floats);
        int[][] inside = [.. Enumerable.Range(0, region.Length).Where(i => region[i]).Select(i => Position(i, map.Shape))];
        for (int i = 0; i < map.Length; i++)
        {
            if (map.Floats[i] != largest) continue;
            int[] at = Position(i, map.Shape);
            if (inside.Any(p => p.Zip(at, (a, b) => (double)(a - b) * (a - b)).Sum() <= options.Tolerance * options.Tolerance)) return true;
        }

        return false;
    }

    private static int[] Position(int index, TensorShape shape)
    {
        int[] position = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--) (index, position[axis]) = Math.DivRem(index, (int)shape[axis]);
        return position;
    }
}
