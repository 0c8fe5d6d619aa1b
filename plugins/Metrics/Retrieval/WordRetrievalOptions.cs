using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Options of <see cref="TextDeletionRetrievalMetric"/> and <see cref="TextInsertionRetrievalMetric"/>.</summary>
public sealed record WordRetrievalOptions
{
    /// <summary>Number of steps.</summary>
    [Description("steps, one word each"), Range(1, 1000)]
    public int Steps { get; init; } = 5;

    /// <summary>What is looked for.</summary>
    [Description("which recall is the value: image (a caption finds its image) or text (an image finds one of its captions)"), PoolOption]
    public Modality Retrieve { get; init; } = Modality.Image;

    /// <summary>How many of the first count.</summary>
    [Description("the recall is that at so many; those at 1, 5 and 10 are given too"), Range(1, 1000), PoolOption]
    public int At { get; init; } = 1;

    /// <summary>What stands against a changed caption.</summary>
    [Description("the other captions where captions are looked for: changed (by as many steps) or unchanged"), PoolOption]
    public GalleryState Gallery { get; init; } = GalleryState.Changed;

    internal RetrievalQuestion Question => new(Retrieve, At, Gallery);
}
