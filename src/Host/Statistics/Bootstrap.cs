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
        Samples.Check(values);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double mean = Samples.Mean(values);
        return new MeanEstimate(mean, values.Length < 2 ? null : Interval(values, seed, level, draws), values.Length);
    }

    private static ConfidenceInterval Interval(ReadOnlySpan<double> values, ulong seed, double level, int draws)
    {
        // All values equal: summing in another order must not make an interval out of rounding.
        if (!values.ContainsAnyExcept(values[0])) return new ConfidenceInterval(values[0], values[0]);
        SeededRandom random = new(seed);
        double[] means = new double[draws];
        for (int d = 0; d < draws; d++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++) sum += values[random.NextInt(values.Length)];
            means[d] = sum / values.Length;
        }

        Array.Sort(means);
        return new ConfidenceInterval(Samples.Quantile(means, (1 - level) / 2), Samples.Quantile(means, (1 + level) / 2));
    }
}
