using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="SelectivityMetric"/>.</summary>
public sealed record SelectivityOptions : PatchOptions
{
    /// <summary>How the area is given.</summary>
    [Description("area under the curve: normalized (mean height), raw (distance 1 between points, without the unchanged image)")]
    public AreaScale Area { get; init; } = AreaScale.Normalized;
}
