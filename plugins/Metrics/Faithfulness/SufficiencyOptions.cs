using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="SufficiencyMetric"/>.</summary>
public record SufficiencyOptions
{
    /// <summary>Largest distance of maps that count as alike.</summary>
    [Description("largest distance of two maps that count as alike, as a share of the largest distance of all"), Range(0.0, 1.0), PoolOption]
    public double Threshold { get; init; } = 0.6;

    /// <summary>Whether the sign of the map is dropped.</summary>
    [Description("drop the sign of the map")]
    public bool Abs { get; init; } = true;

    /// <summary>Whose definition.</summary>
    [Description("paper (a map that is like no other has no value), or quantus (its value is 0, and other targets of an image count as other images)"), PoolOption]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
