namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>How the area under a curve is given.</summary>
public enum AreaScale
{
    /// <summary>The mean height of the curve, its start included: between the smallest and the largest score.</summary>
    Normalized,

    /// <summary>A distance of 1 between points, the unchanged image left out, not divided by the length (Quantus).</summary>
    Raw,
}
