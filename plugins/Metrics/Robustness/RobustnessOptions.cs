using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>What metrics share that explain changed images.</summary>
public abstract record RobustnessOptions
{
    /// <summary>Whether the sign of the maps is dropped.</summary>
    [Description("drop the sign of the maps")]
    public bool Abs { get; init; }

    /// <summary>How the maps are scaled.</summary>
    [Description("scale of each map: none, max (its own largest absolute value), rms (its own root mean square); batch-max, batch-rms (of all images measured at once, as Quantus does)")]
    public MapNormalization Normalize { get; init; } = MapNormalization.None;

    /// <summary>What becomes of changed predictions.</summary>
    [Description("changed images with another prediction: keep, drop, or undefined (the value is); the last two need candidate texts")]
    public PredictionChange OnChange { get; init; } = PredictionChange.Keep;
}
