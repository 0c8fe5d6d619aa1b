using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>What metrics share that look at the order of a map's values.</summary>
public abstract record RegionOrderOptions
{
    /// <summary>Whether the sign of the map is dropped.</summary>
    [Description("drop the sign of the map")]
    public bool Abs { get; init; }
}
