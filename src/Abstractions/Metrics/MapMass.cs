namespace Pellucid.Abstractions.Metrics;

/// <summary>What of a map counts as its mass.</summary>
public enum MapMass
{
    /// <summary>Positive values; negative ones count as zero.</summary>
    Positive,

    /// <summary>Absolute values.</summary>
    Absolute,

    /// <summary>Values less the smallest one: the map scaled to [0, 1].</summary>
    MinMax,

    /// <summary>Values with their signs: shares can lie outside [0, 1].</summary>
    Signed,
}
