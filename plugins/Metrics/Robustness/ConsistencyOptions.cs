using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Options of <see cref="ConsistencyMetric"/>.</summary>
public sealed record ConsistencyOptions
{
    /// <summary>When explanations count as the same.</summary>
    [Description("when explanations are the same: top-places (of the n largest values), signs, first-signs (of the first n values, Quantus)")]
    public ExplanationCode Code { get; init; } = ExplanationCode.TopPlaces;

    /// <summary>Number of values.</summary>
    [Description("number n of values"), Range(1, 1 << 24)]
    public int N { get; init; } = 5;

    /// <summary>Whether the sign of the maps is dropped.</summary>
    [Description("drop the sign of the maps")]
    public bool Abs { get; init; }

    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (other targets of an image count as other images, and an explanation that no other has is 0)"), PoolOption]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
