using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="InsertionMetric"/>.</summary>
public sealed record InsertionOptions : EraseOptions
{
    /// <summary>The empty image.</summary>
    [Description("the empty image that pixels are put onto")]
    public FillColor Fill { get; init; } = FillColor.Black;
}
