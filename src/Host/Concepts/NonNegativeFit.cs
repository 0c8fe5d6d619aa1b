namespace Pellucid.Host.Concepts;

/// <summary>The best combination of vectors with weights that are not negative (non-negative least squares, Lawson and Hanson 1974, chapter 23).</summary>
/// <param name="Weights">A weight for each vector, 0 or more.</param>
/// <param name="Explained">Share of the sum of squares that the combination accounts for, in [0, 1].</param>
public sealed record NonNegativeFit(IReadOnlyList<double> Weights, double Explained)
{
    private const int MostRounds = 10000;

    /// <summary>Fits. Coordinates are improved one after another, which for a convex problem such as this ends at its minimum.</summary>
    /// <param name="wanted">What the combination is to resemble; not all zeros.</param>
    /// <param name="parts">Vectors of the same length, at least one.</param>
    /// <exception cref="ArgumentException">There is no vector, lengths differ, or what is wanted is all zeros.</exception>
    public static NonNegativeFit Of(ReadOnlySpan<float> wanted, IReadOnlyList<float[]> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        int count = parts.Count, length = wanted.Length;
        if (count == 0 || parts.Any(p => p.Length != length)) throw new ArgumentException("a combination needs vectors of one length", nameof(parts));
        double[] target = new double[count];
        double[,] gram = new double[count, count];
        double square = Dot(wanted, wanted);
        if (!(square > 0)) throw new ArgumentException("nothing resembles a vector of zeros", nameof(wanted));
        for (int a = 0; a < count; a++)
        {
            target[a] = Dot(parts[a], wanted);
            for (int b = 0; b < count; b++) gram[a, b] = Dot(parts[a], parts[b]);
        }

        double[] weights = new double[count];
        for (int round = 0; round < MostRounds && Improve(weights, gram, target) > 1e-12; round++)
        {
        }

        double left = square;
        for (int a = 0; a < count; a++)
        {
            left -= 2 * weights[a] * target[a];
            for (int b = 0; b < count; b++) left += weights[a] * weights[b] * gram[a, b];
        }

        return new NonNegativeFit(weights, Math.Clamp(1 - (left / square), 0, 1));
    }

    /// <summary>One round over all weights; the largest change relative to the weight.</summary>
    private static double Improve(double[] weights, double[,] gram, double[] target)
    {
        double change = 0;
        for (int a = 0; a < weights.Length; a++)
        {
            if (gram[a, a] <= 0) continue;
            double gradient = target[a];
            for (int b = 0; b < weights.Length; b++) gradient -= gram[a, b] * weights[b];
            double next = Math.Max(0, weights[a] + (gradient / gram[a, a]));
            change = Math.Max(change, Math.Abs(next - weights[a]) / Math.Max(1, next));
            weights[a] = next;
        }

        return change;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
