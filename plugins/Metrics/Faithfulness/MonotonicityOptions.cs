using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="MonotonicityMetric"/>.</summary>
public sealed record MonotonicityOptions : FeatureStepOptions
{
    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus: parts of an empty image are emptied, so that the score never changes and the answer is always yes")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
