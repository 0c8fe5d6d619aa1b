using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Options of <see cref="FocusMetric"/>.</summary>
public sealed record FocusOptions
{
    /// <summary>Whose definition.</summary>
    [Description("paper, or quantus (a map without positive values has focus 0)")]
    public Compatibility Compat { get; init; } = Compatibility.Paper;
}
