using System.Numerics.Tensors;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>
/// How alike two maps of one shape are. Maps are finite, of any rank; every function is symmetric. Where a value is undefined the result is NaN, as each function says:
/// give it a reason before it reaches a user (<see cref="MetricResult.OfOrUndefined"/>).
/// </summary>
public static class MapSimilarity
{
    private const double K1 = 0.01, K2 = 0.03, Sigma = 1.5;

    /// <summary>Spearman's rank correlation, [-1, 1]: Pearson's of ranks, ties with their mean rank. NaN where a map is constant.</summary>
    /// <exception cref="PellucidException">The maps have different sizes.</exception>
    public static double Spearman(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Check(a.Length, b.Length);
        return Correlation.Spearman(a, b);
    }

    /// <summary>Pearson's correlation, [-1, 1]. NaN where a map is constant.</summary>
    /// <exception cref="PellucidException">The maps have different sizes.</exception>
    public static double Pearson(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Check(a.Length, b.Length);
        double[] x = new double[a.Length], y = new double[b.Length];
        TensorPrimitives.ConvertTruncating(a, x);
        TensorPrimitives.ConvertTruncating(b, y);
        return Correlation.Pearson(x, y);
    }

    /// <summary>Cosine of the angle between the maps as vectors, [-1, 1]. NaN where a map is all zeros.</summary>
    /// <exception cref="PellucidException">The maps have different sizes.</exception>
    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Check(a.Length, b.Length);
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        return aa > 0 && bb > 0 ? Math.Clamp(ab / Math.Sqrt(aa) / Math.Sqrt(bb), -1, 1) : double.NaN;
    }

    /// <summary>
    /// Mean structural similarity, at most 1 (Wang, Bovik, Sheikh, Simoncelli 2004, Image quality assessment, equations 13 and 15; K1 0.01, K2 0.03), over the windows
    /// that lie wholly inside the map. Two constant maps of the same value have similarity 1.
    /// </summary>
    /// <param name="a">A map.</param>
    /// <param name="b">A map of the same shape.</param>
    /// <param name="window">Weights within a window.</param>
    /// <param name="range">The range L of the values; null for the largest less the smallest value of both maps together.</param>
    /// <exception cref="PellucidException">The shapes differ, an axis is shorter than the window, or the range is not positive.</exception>
    public static double Ssim(HostTensor a, HostTensor b, SsimWindow window = SsimWindow.Uniform, double? range = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        CheckShapes(a, b);
        double[] kernel = KernelFor(window, a.Shape, range);
        double span = range ?? Math.Max(TensorPrimitives.Max(a.Floats), TensorPrimitives.Max(b.Floats)) - (double)Math.Min(TensorPrimitives.Min(a.Floats), TensorPrimitives.Min(b.Floats));
        return span == 0 ? 1 : MeanOverWindows(Moments.Of(a, kernel), Moments.Of(b, kernel), a.Shape, kernel, window == SsimWindow.Uniform, span);
    }

    /// <summary><see cref="Ssim"/> of all pairs of maps of one shape, the first with the second, the first with the third and so on. What belongs to one map alone is computed once a map.</summary>
    /// <param name="maps">Maps.</param>
    /// <param name="range">The range L of the values.</param>
    /// <param name="window">Weights within a window.</param>
    /// <returns>n (n - 1) / 2 values.</returns>
    /// <exception cref="PellucidException">The shapes differ, an axis is shorter than the window, or the range is not positive.</exception>
    public static double[] SsimOfPairs(IReadOnlyList<HostTensor> maps, double range, SsimWindow window = SsimWindow.Uniform)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count < 2) return [];
        foreach (HostTensor map in maps) CheckShapes(maps[0], map);
        double[] kernel = KernelFor(window, maps[0].Shape, range);
        Moments[] moments = [.. maps.Select(m => Moments.Of(m, kernel))];
        List<double> all = [];
        for (int a = 0; a < moments.Length; a++)
        {
            for (int b = a + 1; b < moments.Length; b++) all.Add(MeanOverWindows(moments[a], moments[b], maps[0].Shape, kernel, window == SsimWindow.Uniform, range));
        }

        return [.. all];
    }

    private static void CheckShapes(HostTensor a, HostTensor b)
    {
        if (!a.Shape.Equals(b.Shape)) throw new PellucidException($"maps of shapes {a.Shape} and {b.Shape} cannot be compared: bring them to one size first");
    }

    private static double[] KernelFor(SsimWindow window, TensorShape shape, double? range)
    {
        if (range is <= 0 or double.NaN) throw new PellucidException($"the range of values for SSIM is {range}; a positive number is needed");
        double[] kernel = window == SsimWindow.Gaussian ? GaussianKernel() : [.. Enumerable.Repeat(1.0 / 7, 7)];
        if (shape.Rank == 0 || shape.Any(n => n < kernel.Length))
            throw new PellucidException($"a map of shape {shape} is too small for SSIM: every axis needs {kernel.Length} values");
        return kernel;
    }

    /// <summary>A map with its means and mean squares over windows.</summary>
    private sealed record Moments(double[] Values, double[] Means, double[] Squares)
    {
        public static Moments Of(HostTensor map, double[] kernel)
        {
            double[] values = new double[map.Length], squares = new double[map.Length];
            TensorPrimitives.ConvertTruncating<float, double>(map.Floats, values);
            TensorPrimitives.Multiply<double>(values, values, squares);
            return new Moments(values, Windows(values, map.Shape, kernel), Windows(squares, map.Shape, kernel));
        }
    }

    private static double MeanOverWindows(Moments x, Moments y, TensorShape shape, double[] kernel, bool sample, double range)
    {
        double[] mx = x.Means, my = y.Means, xx = x.Squares, yy = y.Squares, products = new double[x.Values.Length];
        TensorPrimitives.Multiply<double>(x.Values, y.Values, products);
        double[] xy = Windows(products, shape, kernel);
        double count = Math.Pow(kernel.Length, shape.Rank), unbiased = sample ? count / (count - 1) : 1;
        double c1 = K1 * range * K1 * range, c2 = K2 * range * K2 * range, sum = 0;
        for (int i = 0; i < mx.Length; i++)
        {
            double vx = unbiased * (xx[i] - (mx[i] * mx[i])), vy = unbiased * (yy[i] - (my[i] * my[i])), cov = unbiased * (xy[i] - (mx[i] * my[i]));
            sum += ((2 * mx[i] * my[i]) + c1) * ((2 * cov) + c2) / (((mx[i] * mx[i]) + (my[i] * my[i]) + c1) * (vx + vy + c2));
        }

        return sum / mx.Length;
    }

    /// <summary>Weighted means of all windows inside the map: one axis after another, each shrinking by the kernel's length less one.</summary>
    private static double[] Windows(double[] values, TensorShape shape, double[] kernel)
    {
        int[] sizes = [.. shape.Select(n => (int)n)];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            int inner = sizes.Skip(axis + 1).Aggregate(1, (p, n) => p * n), length = sizes[axis], kept = length - kernel.Length + 1;
            int outer = values.Length / inner / length;
            double[] next = new double[outer * kept * inner];
            for (int o = 0; o < outer; o++)
            {
                // A step along the axis is a shift of everything that lies behind it, so all windows of a part are summed at once.
                Span<double> part = next.AsSpan(o * kept * inner, kept * inner);
                for (int k = 0; k < kernel.Length; k++)
                    TensorPrimitives.MultiplyAdd(values.AsSpan(((o * length) + k) * inner, kept * inner), kernel[k], part, part);
            }

            (values, sizes[axis]) = (next, kept);
        }

        return values;
    }

    private static double[] GaussianKernel()
    {
        double[] weights = [.. Enumerable.Range(-5, 11).Select(d => Math.Exp(-d * d / (2 * Sigma * Sigma)))];
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private static void Check(int a, int b)
    {
        if (a != b) throw new PellucidException($"maps of {a} and {b} values cannot be compared: bring them to one size first");
    }
}
