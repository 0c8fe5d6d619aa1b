using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>Where a map lies with respect to a region. Maps are finite, of any rank; a region says for each value whether it belongs to it.</summary>
public static class MapRegions
{
    /// <summary>Share of a map's mass inside a region, [0, 1] unless mass is signed. NaN where the mass is zero. One less it is the share outside.</summary>
    /// <exception cref="PellucidException">The region has another size than the map.</exception>
    public static double ShareInside(ReadOnlySpan<float> map, ReadOnlySpan<bool> region, MapMass mass = MapMass.Positive)
    {
        Check(map, region);
        double inside = 0, total = 0, lowest = mass == MapMass.MinMax && map.Length > 0 ? TensorPrimitives.Min(map) : 0;
        for (int i = 0; i < map.Length; i++)
        {
            double value = mass switch
            {
                MapMass.Positive => Math.Max(map[i], 0),
                MapMass.Absolute => Math.Abs(map[i]),
                MapMass.MinMax => map[i] - lowest,
                _ => map[i],
            };
            total += value;
            if (region[i]) inside += value;
        }

        return total == 0 ? double.NaN : inside / total;
    }

    /// <summary>Whether a largest value of the map lies in the region; of several equal ones any counts.</summary>
    /// <exception cref="PellucidException">The region has another size than the map.</exception>
    public static bool PointsInto(ReadOnlySpan<float> map, ReadOnlySpan<bool> region)
    {
        Check(map, region);
        if (map.Length == 0) return false;
        float largest = TensorPrimitives.Max(map);
        for (int i = 0; i < map.Length; i++) if (map[i] == largest && region[i]) return true;
        return false;
    }

    /// <summary>A map convolved with a Gaussian along every axis, cut off at four standard deviations, mirrored at the edges (edge values twice).</summary>
    /// <param name="map">The map.</param>
    /// <param name="sigma">Standard deviation in pixels; 0 gives the map itself.</param>
    /// <exception cref="PellucidException">The standard deviation is negative or not finite.</exception>
    public static HostTensor Smooth(HostTensor map, double sigma)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!double.IsFinite(sigma) || sigma < 0) throw new PellucidException($"the standard deviation of smoothing is {sigma}; 0 or a positive number is needed");
        if (sigma == 0) return map;
        int radius = (int)((4 * sigma) + 0.5);
        double[] kernel = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(d => Math.Exp(-d * (double)d / (2 * sigma * sigma)))];
        double sum = kernel.Sum();
        double[] values = [.. map.Floats.ToArray().Select(v => (double)v)];
        for (int axis = 0; axis < map.Shape.Rank; axis++)
        {
            int length = (int)map.Shape[axis], inner = (int)map.Shape.Skip(axis + 1).Aggregate(1L, (p, n) => p * n), block = length * inner;
            double[] next = new double[values.Length], padded = new double[(length + (2 * radius)) * inner];
            for (int start = 0; start < values.Length; start += block)
            {
                for (int place = -radius; place < length + radius; place++) values.AsSpan(start + (Mirror(place, length) * inner), inner).CopyTo(padded.AsSpan((place + radius) * inner));
                // A step along the axis is a shift of everything that lies behind it, so all values of a block take a weight at once.
                Span<double> smooth = next.AsSpan(start, block);
                for (int k = 0; k < kernel.Length; k++) TensorPrimitives.MultiplyAdd(padded.AsSpan(k * inner, block), kernel[k], smooth, smooth);
                TensorPrimitives.Divide(smooth, sum, smooth);
            }

            values = next;
        }

        return HostTensor.Of([.. values.Select(v => (float)v)], map.Shape);
    }

    private static int Mirror(int place, int length)
    {
        int around = ((place % (2 * length)) + (2 * length)) % (2 * length);
        return around < length ? around : (2 * length) - 1 - around;
    }

    private static void Check(ReadOnlySpan<float> map, ReadOnlySpan<bool> region)
    {
        if (map.Length != region.Length) throw new PellucidException($"the region has {region.Length} values, the map {map.Length}: bring them to one size first");
    }
}
