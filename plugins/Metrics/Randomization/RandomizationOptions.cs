using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>What metrics share that explain again with something randomized.</summary>
public abstract record RandomizationOptions
{
    /// <summary>Whether the sign of the maps is dropped.</summary>
    [Description("drop the sign of the maps")]
    public bool Abs { get; init; }

    /// <summary>How the maps are scaled.</summary>
    [Description("scale of each map: none, max (its own largest absolute value), rms (its own root mean square); batch-max, batch-rms (of all images measured at once, as Quantus does)")]
    public MapNormalization Normalize { get; init; } = MapNormalization.Max;
}
