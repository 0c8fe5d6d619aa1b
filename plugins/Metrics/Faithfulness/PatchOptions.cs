using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>What metrics share that fill squares in the order of the map.</summary>
public abstract record PatchOptions : PerturbationOptions
{
    /// <summary>Side of a square.</summary>
    [Description("side of a square in pixels"), Range(1, 4096)]
    public int Patch { get; init; } = 16;

    /// <summary>Where squares lie.</summary>
    [Description("where squares lie: grid, or greedy (anywhere without overlap, best first, as in Quantus 0.5)")]
    public PatchPlacement Placement { get; init; } = PatchPlacement.Grid;
}
