using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>Options of <see cref="TextDeletionMetric"/> and <see cref="TextInsertionMetric"/>.</summary>
public sealed record WordStepOptions
{
    /// <summary>Number of steps.</summary>
    [Description("steps, one word each"), Range(1, 1000)]
    public int Steps { get; init; } = 5;
}
