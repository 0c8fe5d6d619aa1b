using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Options of <see cref="EfficientMprtMetric"/>.</summary>
public sealed record EfficientMprtOptions : LayerOptions
{
    /// <summary>Makes the defaults.</summary>
    public EfficientMprtOptions() => Normalize = MapNormalization.None;

    /// <summary>Bins of the histogram.</summary>
    [Description("bins of the histogram of a map's values"), Range(2, 1000000)]
    public int Bins { get; init; } = 100;
}
