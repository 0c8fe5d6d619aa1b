using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>Attributions at other resolutions.</summary>
public static class ImageAttributionExtensions
{
    /// <summary>The map at a size, resized as it says; the map itself where it has that size, or is a volume.</summary>
    /// <returns>[H, W] float32, or [D, H, W] for volumes.</returns>
    public static HostTensor AtSize(this ImageAttribution attribution, ImageSize size)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        HostTensor map = attribution.Map;
        return map.Shape.Rank != 2 || (map.Shape[0] == size.Height && map.Shape[1] == size.Width) ? map : MapUpsampler.Resize(map, size, attribution.Upsampling);
    }
}
