using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Metrics.Faithfulness;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>What deletion and insertion of pixels by retrieval share.</summary>
public abstract record PixelRetrievalOptions : PixelStepOptions
{
    /// <summary>What is looked for.</summary>
    [Description("which recall is the value: image (a caption finds its image) or text (an image finds one of its captions)"), PoolOption]
    public Modality Retrieve { get; init; } = Modality.Image;

    /// <summary>How many of the first count.</summary>
    [Description("the recall is that at so many; those at 1, 5 and 10 are given too"), Range(1, 1000), PoolOption]
    public int At { get; init; } = 1;

    /// <summary>What stands against a changed image.</summary>
    [Description("the other images where images are looked for: changed (by as many steps) or unchanged"), PoolOption]
    public GalleryState Gallery { get; init; } = GalleryState.Changed;

    internal RetrievalQuestion Question => new(Retrieve, At, Gallery);
}
