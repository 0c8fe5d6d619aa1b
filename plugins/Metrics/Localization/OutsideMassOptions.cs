using System.ComponentModel;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="OutsideMassMetric"/>.</summary>
public sealed record OutsideMassOptions
{
    /// <summary>What counts as mass.</summary>
    [Description("what counts as mass: positive, absolute, min-max (values less the smallest), signed")]
    public MapMass Mass { get; init; } = MapMass.Positive;
}
