namespace Pellucid.Host.Statistics;

/// <summary>What two methods differ by on the same units.</summary>
/// <param name="Mean">Mean of the first less the second.</param>
/// <param name="Interval">95 % percentile bootstrap interval of that mean over units; null where there is one pair only.</param>
/// <param name="PValue">Two-sided p-value of <see cref="SignFlipTest"/>.</param>
/// <param name="Count">Pairs.</param>
public sealed record PairedDifference(double Mean, ConfidenceInterval? Interval, double PValue, int Count)
{
    /// <summary>Compares.</summary>
    /// <param name="first">A value a unit.</param>
    /// <param name="second">The other method's value for the same units, in the same order.</param>
    /// <param name="seed">Seed of bootstrap and test.</param>
    /// <param name="comparisons">Comparisons that are judged together with this one: among many, the test draws more.</param>
    /// <param name="significance">Largest p-value that shows a difference.</param>
    /// <exception cref="ArgumentException">There are no pairs, the numbers of values differ, or a value is not finite.</exception>
    public static PairedDifference Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ulong seed, int comparisons = 1, double significance = 0.05)
    {
        if (first.Length != second.Length) throw new ArgumentException($"{first.Length} and {second.Length} values make no pairs", nameof(second));
        double[] differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++) differences[i] = first[i] - second[i];
        int[] ones = new int[differences.Length];
        Array.Fill(ones, 1);
        return OfGroups(differences, ones, seed, comparisons, significance);
    }

    /// <summary>Compares values that come in groups, such as the targets of images: the mean is over all values, drawn and exchanged are groups.</summary>
    /// <param name="sums">Sum of the differences of each group.</param>
    /// <param name="counts">Number of differences of each group, at least 1 each.</param>
    /// <param name="seed">Seed of bootstrap and test.</param>
    /// <param name="comparisons">Comparisons that are judged together with this one: among many, the test draws more.</param>
    /// <param name="significance">Largest p-value that shows a difference.</param>
    /// <exception cref="ArgumentException">There is no group, one is empty, or a sum is not finite.</exception>
    public static PairedDifference OfGroups(ReadOnlySpan<double> sums, ReadOnlySpan<int> counts, ulong seed, int comparisons = 1, double significance = 0.05)
    {
        MeanEstimate mean = Bootstrap.MeanOfGroups(sums, counts, seed);
        int draws = DrawnTest.Draws(comparisons, significance, SignFlipTest.StandardDraws, sums.Length);
        return new PairedDifference(mean.Mean, mean.Interval, SignFlipTest.PValue(sums, seed, draws, significance), mean.Count);
    }

    /// <summary>Which way the difference goes, if that is shown: the interval excludes zero and the test agrees.</summary>
    /// <param name="adjustedPValue">The p-value after <see cref="Holm"/>, where several differences are judged together; null for the plain one.</param>
    /// <param name="significance">Largest p-value that shows a difference.</param>
    public ShownDifference Shown(double? adjustedPValue = null, double significance = 0.05)
    {
        if (Interval is not { } interval || interval.Contains(0) || (adjustedPValue ?? PValue) > significance) return ShownDifference.None;
        return Mean > 0 ? ShownDifference.Higher : ShownDifference.Lower;
    }
}
