using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Statistics;

/// <summary>
/// Permutation test of paired differences (Fisher 1935, The design of experiments, section 21): were there no difference, each could as well have
/// the other sign. The p-value is the share of sign patterns whose sum is at least as far from zero as the one seen.
/// </summary>
public static class SignFlipTest
{
    /// <summary>Up to so many pairs all sign patterns are counted; beyond, patterns are drawn.</summary>
    public const int MostExactPairs = 14;

    /// <summary>Patterns that are drawn where none are named.</summary>
    public const int StandardDraws = 10000;

    /// <summary>The two-sided p-value, in (0, 1].</summary>
    /// <param name="differences">One a unit, at least one, all finite.</param>
    /// <param name="seed">Seed of the draws, where there are too many pairs to count all patterns.</param>
    /// <param name="draws">Patterns drawn. The pattern seen counts as one of them, so that p is never 0. Beyond <see cref="StandardDraws"/> only where they can matter (<see cref="DrawnTest"/>).</param>
    /// <param name="significance">Largest p-value that can show a difference.</param>
    /// <exception cref="ArgumentException">There is no difference, or one is not finite.</exception>
    public static double PValue(ReadOnlySpan<double> differences, ulong seed, int draws = StandardDraws, double significance = 0.05)
    {
        Samples.Check(differences);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double seen = 0, scale = 0;
        foreach (double d in differences)
        {
            seen += d;
            scale += Math.Abs(d);
        }

        // Patterns that tie in exact arithmetic must tie here too.
        double least = Math.Abs(seen) - (1e-12 * scale);
        return differences.Length <= MostExactPairs ? Exact(differences, least) : Drawn(differences, least, seed, draws, significance);
    }

    private static double Exact(ReadOnlySpan<double> differences, double least)
    {
        int patterns = 1 << differences.Length, far = 0;
        for (int pattern = 0; pattern < patterns; pattern++)
        {
            double sum = 0;
            for (int i = 0; i < differences.Length; i++) sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
            if (Math.Abs(sum) >= least) far++;
        }

        return far / (double)patterns;
    }

    private static double Drawn(ReadOnlySpan<double> differences, double least, ulong seed, int draws, double significance)
    {
        SeededRandom random = new(seed);
        double[] units = differences.ToArray();
        return DrawnTest.PValue(StandardDraws, draws, significance, () =>
        {
            double sum = 0;
            foreach (double unit in units) sum += random.NextInt(2) == 0 ? unit : -unit;
            return Math.Abs(sum) >= least;
        });
    }
}
