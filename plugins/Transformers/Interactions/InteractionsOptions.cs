using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Transformers.Interactions;

/// <summary>Options of <see cref="InteractionsExplainer"/>.</summary>
public sealed record InteractionsOptions
{
    /// <summary>Image block whose input is attributed to; negative numbers count from the end.</summary>
    [Description("image block whose input tokens are attributed to, from 0; negative counts from the end, -1 is the last"), Range(-1000, 1000)]
    public int Block { get; init; } = -1;

    /// <summary>Text block whose input is attributed to; negative numbers count from the end.</summary>
    [Description("text block whose input tokens are attributed to, from 0; negative counts from the end, -1 is the last"), Range(-1000, 1000)]
    public int TextBlock { get; init; } = -1;

    /// <summary>Points of each integral.</summary>
    [Description("points of each integral, in the middle of equal parts of the path"), Range(1, 10000)]
    public int Steps { get; init; } = 50;
}
