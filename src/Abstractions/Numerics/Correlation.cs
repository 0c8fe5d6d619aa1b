namespace Pellucid.Abstractions.Numerics;

/// <summary>
/// Correlations in [-1, 1]. NaN where one side is constant, or there are fewer than two pairs: give that a reason before it reaches a user.
/// </summary>
public static class Correlation
{
    /// <summary>Pearson's: the covariance over the product of the standard deviations.</summary>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values cannot be correlated with {y.Length}", nameof(y));
        if (x.Length < 2 || !x.ContainsAnyExcept(x[0]) || !y.ContainsAnyExcept(y[0])) return double.NaN;
        double meanX = Mean(x), meanY = Mean(y), xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        return Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
    }

    /// <summary>Spearman's: Pearson's of the ranks.</summary>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    public static double Spearman<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : IComparable<T> => Pearson(Ranks(x), Ranks(y));

    /// <summary>Ranks from 1, ties with their mean rank. For many correlations of the same values rank each side once.</summary>
    public static double[] Ranks<T>(ReadOnlySpan<T> values)
        where T : IComparable<T>
    {
        T[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end].CompareTo(sorted[start]) == 0) end++;
            for (int i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2.0;
            start = end;
        }

        return ranks;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double v in values) sum += v;
        return sum / values.Length;
    }
}
