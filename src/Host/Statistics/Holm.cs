namespace Pellucid.Host.Statistics;

/// <summary>
/// Adjusts p-values of several tests that are judged together, so that the chance of any false finding stays below the level (Holm 1979, A simple
/// sequentially rejective multiple test procedure).
/// </summary>
public static class Holm
{
    /// <summary>Adjusted p-values in the order given, each at least as large as it was and at most 1.</summary>
    /// <param name="values">p-values in [0, 1].</param>
    /// <exception cref="ArgumentException">A value lies outside [0, 1] or is not a number.</exception>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Any(v => v is not (>= 0 and <= 1))) throw new ArgumentException("p-values lie in [0, 1]", nameof(values));
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] adjusted = new double[values.Count];
        double largest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * values[order[rank]]));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
