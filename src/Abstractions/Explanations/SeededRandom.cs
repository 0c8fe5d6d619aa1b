namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// The one source of random draws for explainers: SplitMix64 (Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators). The same seed gives the
/// same draws on every platform and version. Not thread-safe.
/// </summary>
/// <param name="seed">The request's seed; use <see cref="Fork"/> for draws that must not depend on the order of work.</param>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;
    private double _spare = double.NaN;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            ulong z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform among 0 to count - 1, without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ulong bound = (ulong)count, limit = ulong.MaxValue - (ulong.MaxValue % bound);
        ulong bits;
        do bits = NextBits();
        while (bits >= limit);
        return (int)(bits % bound);
    }

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spare))
        {
            double spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform())), angle = 2 * Math.PI * NextUniform();
        _spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>A random order of 0 to count - 1 (Fisher and Yates 1938).</summary>
    public int[] NextPermutation(int count)
    {
        int[] order = Enumerable.Range(0, count).ToArray();
        for (int i = count - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>An independent source for one part of the work, such as sample number 3: the same whatever was drawn before.</summary>
    /// <param name="seed">The request's seed.</param>
    /// <param name="part">Number of the part.</param>
    public static SeededRandom Fork(ulong seed, ulong part) => new(new SeededRandom(seed ^ unchecked((part + 1) * 0xD1342543DE82EF95UL)).NextBits());
}
