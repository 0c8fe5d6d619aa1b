using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Shape of an image.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Pixels.</summary>
    public int Area => Height * Width;

    /// <summary>The shape of [1, C, H, W].</summary>
    public static ImageShape Of(HostTensor pixels) => new((int)pixels.Shape[1], (int)pixels.Shape[2], (int)pixels.Shape[3]);
}
