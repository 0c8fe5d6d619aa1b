using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="OcclusionExplainer"/>.</summary>
public sealed record OcclusionOptions
{
    /// <summary>Rows of the window.</summary>
    [Description("rows of the window, in pixels of the model's input"), Range(1, 100000)]
    public int Window { get; init; } = 16;

    /// <summary>Columns of the window; 0: as many as rows.</summary>
    [Description("columns of the window; 0: as many as rows"), Range(0, 100000)]
    public int WindowWidth { get; init; }

    /// <summary>Channels of the window; 0: all.</summary>
    [Description("channels of the window; 0: all"), Range(0, 100000)]
    public int WindowChannels { get; init; }

    /// <summary>Rows from a window to the next; 0: the window's rows, so that windows do not overlap.</summary>
    [Description("rows from a window to the next; 0: the window's rows"), Range(0, 100000)]
    public int Stride { get; init; }

    /// <summary>Columns from a window to the next; 0: as <see cref="Stride"/> says.</summary>
    [Description("columns from a window to the next; 0: as stride, or the window's columns where that is 0 too"), Range(0, 100000)]
    public int StrideWidth { get; init; }

    /// <summary>Channels from a window to the next; 0: the window's channels.</summary>
    [Description("channels from a window to the next; 0: the window's channels"), Range(0, 100000)]
    public int StrideChannels { get; init; }

    /// <summary>What the window is filled with.</summary>
    [Description("what the window is filled with: zero (the training data's mean color), black, white, or mean (the image's mean color)")]
    public PixelFill Fill { get; init; } = PixelFill.Zero;
}
