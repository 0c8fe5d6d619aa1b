using System.ComponentModel;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="RelevanceMassAccuracyMetric"/>.</summary>
public sealed record RelevanceMassAccuracyOptions
{
    /// <summary>What counts as mass.</summary>
    [Description("what counts as mass: positive, absolute, min-max (values less the smallest), signed (Quantus)")]
    public MapMass Mass { get; init; } = MapMass.Positive;
}
