namespace Pellucid.Host.Statistics;

/// <summary>
/// How often a permutation test draws. The smallest p-value of n draws is 1 / (n + 1), and <see cref="Holm"/> multiplies it by the number of comparisons: too few draws, and no comparison among many
/// could ever be shown, whatever the data are.
/// </summary>
public static class DrawnTest
{
    /// <summary>More draws than this are not made: enough for 5,000 comparisons at a significance of 0.05.</summary>
    public const int Most = 100_000;

    private const int Margin = 4;
    private const long MostWork = 50_000_000;

    /// <summary>Draws for a test among several: the standard number, or four times what the smallest p-value needs to pass Holm's adjustment; where units are many, as few as just pass.</summary>
    /// <param name="comparisons">Comparisons that are judged together, at least 1.</param>
    /// <param name="significance">Largest adjusted p-value that shows a difference, in (0, 1).</param>
    /// <param name="standard">Draws of a test by itself.</param>
    /// <param name="units">Units of which each draw makes a number.</param>
    public static int Draws(int comparisons, double significance, int standard, int units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(significance);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        double needed = Math.Ceiling(comparisons / significance);
        return (int)Math.Min(Most, Math.Max(standard, Math.Max(needed, Math.Min(Margin * needed, MostWork / units))));
    }

    /// <summary>
    /// The p-value of drawn patterns, the one seen counted among them (Phipson and Smyth 2010). Where the first draws give a p-value above the significance, no more are made: then nothing is shown with or
    /// without adjustment. A p-value of at most the significance rests on all draws, so it is as honest as without this stop.
    /// </summary>
    /// <param name="first">Draws that are made in any case.</param>
    /// <param name="all">Draws that are made where they can matter.</param>
    /// <param name="significance">Largest p-value that can show a difference.</param>
    /// <param name="isFar">Draws a pattern and says whether it is at least as far from no difference as the one seen.</param>
    public static double PValue(int first, int all, double significance, Func<bool> isFar)
    {
        ArgumentNullException.ThrowIfNull(isFar);
        int far = 1, drawn = 1;
        for (; drawn <= Math.Min(first, all); drawn++) if (isFar()) far++;
        if (far / (double)drawn > significance) return far / (double)drawn;
        for (; drawn <= all; drawn++) if (isFar()) far++;
        return far / (double)drawn;
    }
}
