using System.ComponentModel;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="EnergyPointingGameMetric"/>.</summary>
public sealed record EnergyPointingGameOptions
{
    /// <summary>What counts as energy.</summary>
    [Description("what counts as energy: min-max (the map scaled to [0, 1]), positive, absolute, signed")]
    public MapMass Mass { get; init; } = MapMass.MinMax;
}
