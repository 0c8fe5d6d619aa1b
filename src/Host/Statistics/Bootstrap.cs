using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Statistics;

/// <summary>
/// Percentile bootstrap of a mean (Efron and Tibshirani 1993, An introduction to the bootstrap, section 13.3): units, such as images, are drawn
/// with replacement, and the interval is the middle part of the means of the draws. The same values in the same order and the same seed give
/// the same interval.
/// </summary>
public static class Bootstrap
{
    /// <summary>Draws where none are named.</summary>
    public const int StandardDraws = 10000;

    /// <summary>The mean of values with its interval.</summary>
    /// <param name="values">One value a unit, at least one, all finite.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="level">Share of the draws that the interval holds, in (0, 1).</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static MeanEstimate Mean(ReadOnlySpan<double> values, ulong seed, double level = 0.95, int draws = StandardDraws)
    {
        int[] ones = new int[values.Length];
        Array.Fill(ones, 1);
        return MeanOfGroups(values, ones, seed, level, draws);
    }

    /// <summary>The mean of values that come in groups, such as the targets of images: groups are drawn, and the mean of a draw is over all their values.</summary>
    /// <param name="sums">Sum of the values of each group, at least one group, all finite.</param>
    /// <param name="counts">Number of values of each group, at least 1 each.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="level">Share of the draws that the interval holds, in (0, 1).</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <returns>The mean over all values; its count is that of groups.</returns>
    /// <exception cref="ArgumentException">There is no group, one is empty, or a sum is not finite.</exception>
    public static MeanEstimate MeanOfGroups(ReadOnlySpan<double> sums, ReadOnlySpan<int> counts, ulong seed, double level = 0.95, int draws = StandardDraws)
    {
        Samples.Check(sums);
        if (counts.Length != sums.Length || counts.ContainsAnyInRange(int.MinValue, 0)) throw new ArgumentException("every group has a number of values of 1 or more", nameof(counts));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double sum = 0;
        int values = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            sum += sums[i];
            values += counts[i];
        }

        return new MeanEstimate(sum / values, sums.Length < 2 ? null : Interval(sums, counts, seed, level, draws), sums.Length);
    }

    private static ConfidenceInterval Interval(ReadOnlySpan<double> sums, ReadOnlySpan<int> counts, ulong seed, double level, int draws)
    {
        // All groups alike: summing in another order must not make an interval out of rounding.
        double first = sums[0] / counts[0];
        bool alike = true;
        for (int i = 1; i < sums.Length && alike; i++) alike = sums[i] / counts[i] == first;
        if (alike) return new ConfidenceInterval(first, first);
        SeededRandom random = new(seed);
        double[] means = new double[draws];
        for (int d = 0; d < draws; d++)
        {
            double sum = 0;
            int values = 0;
            for (int i = 0; i < sums.Length; i++)
            {
                int drawn = random.NextInt(sums.Length);
                sum += sums[drawn];
                values += counts[drawn];
            }

            means[d] = sum / values;
        }

        Array.Sort(means);
        return new ConfidenceInterval(Samples.Quantile(means, (1 - level) / 2), Samples.Quantile(means, (1 + level) / 2));
    }
}
