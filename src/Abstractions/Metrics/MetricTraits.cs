namespace Pellucid.Abstractions.Metrics;

/// <summary>What a metric is. May depend on its options.</summary>
public sealed record MetricTraits
{
    /// <summary>What it asks.</summary>
    public required MetricFamily Family { get; init; }

    /// <summary>Which values are better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>What it needs.</summary>
    public required MetricNeeds Needs { get; init; }

    /// <summary>Smallest possible value; negative infinity where there is none.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest possible value; infinity where there is none.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Which option makes the value of an item depend on the other items of its request, and what to take instead; null where items do not influence each other, as they should not.
    /// Experiments refuse such metrics: which items share a request there depends on what was measured before.
    /// </summary>
    public string? BatchDependence { get; init; }

    /// <summary>Whether <paramref name="value"/> is better than <paramref name="other"/>; never, for metrics that do not rank.</summary>
    public bool IsBetter(double value, double other) => Direction switch
    {
        MetricDirection.Higher => value > other,
        MetricDirection.Lower => value < other,
        _ => false,
    };
}
