namespace Pellucid.Host.Demo;

/// <summary>Pointing-game results of one method over the data set.</summary>
public sealed record PointingTally
{
    /// <summary>The method.</summary>
    public required string Explainer { get; init; }

    /// <summary>Maps whose peak lies on the object.</summary>
    public int Hits { get; init; }

    /// <summary>Maps whose peak lies elsewhere.</summary>
    public int Misses { get; init; }

    /// <summary>Maps that are constant and point nowhere; they count in no rate.</summary>
    public int Undefined { get; init; }

    /// <summary>Hits among the maps that point somewhere, in [0, 1]; NaN where there is none.</summary>
    public double Rate => Hits / (double)(Hits + Misses);

    /// <summary>95 % Wilson score interval of the rate.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            const double z = 1.959963984540054;
            double n = Hits + Misses, p = Rate, z2 = z * z;
            double center = (p + (z2 / (2 * n))) / (1 + (z2 / n));
            double half = z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
            return (center - half, center + half);
        }
    }

    /// <summary>The tally with one more result.</summary>
    public PointingTally With(bool? hit) => hit switch
    {
        true => this with { Hits = Hits + 1 },
        false => this with { Misses = Misses + 1 },
        null => this with { Undefined = Undefined + 1 },
    };
}
