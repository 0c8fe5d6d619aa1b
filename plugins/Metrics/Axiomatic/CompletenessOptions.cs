using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>Options of <see cref="CompletenessMetric"/>.</summary>
public sealed record CompletenessOptions : PerturbationOptions
{
    /// <summary>How the map is scaled.</summary>
    [Description("scale of the map: none, max, batch-max; any but none breaks completeness")]
    public MapNormalization Normalize { get; init; } = MapNormalization.None;

    /// <summary>Whose definition.</summary>
    [Description("paper (the gap, as a share of the score difference), or quantus (1 if sum and difference are the very same float, else 0)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
