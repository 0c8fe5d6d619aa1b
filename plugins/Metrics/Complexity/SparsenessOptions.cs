using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>Options of <see cref="SparsenessMetric"/>.</summary>
public sealed record SparsenessOptions
{
    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (adds 1e-7 to every value of the scaled map, so that a map of zeros has 0)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;

    /// <summary>How the map is scaled.</summary>
    [Description("compat=quantus: scale of the map before the number is added, none, max or batch-max; without it scale has no influence")]
    public MapNormalization Normalize { get; init; } = MapNormalization.None;
}
