using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="LocalizationAucMetric"/>.</summary>
public sealed record LocalizationAucOptions
{
    /// <summary>Whether the sign of the map is dropped.</summary>
    [Description("drop the sign of the map")]
    public bool Abs { get; init; }
}
