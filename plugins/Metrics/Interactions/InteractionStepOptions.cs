using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Interactions;

/// <summary>Options of <see cref="InteractionDeletionMetric"/> and <see cref="InteractionInsertionMetric"/>.</summary>
public sealed record InteractionStepOptions
{
    /// <summary>Cells along each side of the image.</summary>
    [Description("cells of the image along each side; they and the words are what is removed"), Range(1, 64)]
    public int Cells { get; init; } = 7;

    /// <summary>Number of steps.</summary>
    [Description("steps, each with an equal share of the cells and words; no more than there are"), Range(1, 1000)]
    public int Steps { get; init; } = 20;

    /// <summary>What stands in the place of removed cells.</summary>
    [Description("what stands in the place of removed cells, in the model's normalized pixels")]
    public FillColor Fill { get; init; } = FillColor.Zero;
}
