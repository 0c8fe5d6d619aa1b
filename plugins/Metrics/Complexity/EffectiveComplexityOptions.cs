using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>Options of <see cref="EffectiveComplexityMetric"/>.</summary>
public sealed record EffectiveComplexityOptions
{
    /// <summary>What counts as nothing.</summary>
    [Description("absolute values up to this, after scaling, count as nothing"), Range(0, double.MaxValue)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>How the map is scaled.</summary>
    [Description("scale of the map: none, max (its own largest absolute value), batch-max")]
    public MapNormalization Normalize { get; init; } = MapNormalization.Max;

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (a map of zeros has 0)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
