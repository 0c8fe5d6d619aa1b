using System.Numerics.Tensors;

namespace Pellucid.Host.Statistics;

/// <summary>What all statistics here share.</summary>
public static class Samples
{
    /// <summary>The mean of values: their sum by their number, in order.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    /// <summary>A quantile of sorted values, linear between neighbors (Hyndman and Fan 1996, type 7).</summary>
    /// <param name="sorted">Values in ascending order, at least one.</param>
    /// <param name="share">In [0, 1].</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty) throw new ArgumentException("a quantile needs at least one value", nameof(sorted));
        double place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    internal static void Check(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) throw new ArgumentException("statistics need at least one value", nameof(values));
        if (!TensorPrimitives.IsFiniteAll(values)) throw new ArgumentException("statistics need finite values: leave out undefined ones, and count them", nameof(values));
    }
}
