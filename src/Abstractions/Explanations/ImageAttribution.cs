using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>Attribution over an image.</summary>
public sealed record ImageAttribution
{
    /// <summary>[h, w] float32 at the method's own resolution: the patch grid, or the model's input pixels. Finite.</summary>
    public required HostTensor Map { get; init; }

    /// <summary>Whether negative values mean evidence against the target; else values are 0 or more.</summary>
    public required bool Signed { get; init; }

    /// <summary>[C, H, W] attribution of every input element, for methods that have it; else null.</summary>
    public HostTensor? Elements { get; init; }

    /// <summary>How the map is brought to image size.</summary>
    public MapUpsampling Upsampling { get; init; } = MapUpsampling.Bilinear;

    /// <summary>
    /// Why the map says nothing, or null where it does: no element is positive, or all are equal. The map is then all zeros.
    /// </summary>
    public string? Undefined { get; init; }
}
