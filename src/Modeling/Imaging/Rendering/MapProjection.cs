using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>Draws a map over a model's input back onto the original image.</summary>
public static class MapProjection
{
    /// <summary>
    /// The map at the original image's size. The map's cells share the input's area evenly; between cell centers values are
    /// interpolated, edges clamped. With <see cref="ImageGeometry.IsIdentity"/> this is <see cref="MapUpsampler.Resize"/>.
    /// </summary>
    /// <param name="map">[h,w] float32 over the whole model input, at any resolution.</param>
    /// <param name="geometry">Where the input lies on the image.</param>
    /// <param name="upsampling">Bilinear or nearest.</param>
    /// <param name="outside">Value where the model saw nothing: what the crop cut off.</param>
    /// <returns>[SourceHeight,SourceWidth] float32.</returns>
    /// <exception cref="ArgumentException">The map is not [h,w] float32 with at least one element.</exception>
    public static HostTensor ToSource(HostTensor map, ImageGeometry geometry, MapUpsampling upsampling = MapUpsampling.Bilinear, float outside = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(geometry);
        if (geometry.IsIdentity) return MapUpsampler.Resize(map, new ImageSize(geometry.Height, geometry.Width), upsampling);
        if (map.Shape.Rank != 2 || map.Length == 0) throw new ArgumentException($"a map is [h,w], not {map.Shape}", nameof(map));
        (int h, int w) = ((int)map.Shape[0], (int)map.Shape[1]);
        ReadOnlySpan<float> values = map.Floats;
        Tap[] columns = Taps(geometry.SourceWidth, geometry.OffsetX, geometry.ScaleX, geometry.Width, w, upsampling);
        Tap[] rows = Taps(geometry.SourceHeight, geometry.OffsetY, geometry.ScaleY, geometry.Height, h, upsampling);
        var result = new float[checked(geometry.SourceHeight * geometry.SourceWidth)];
        int o = 0;
        foreach (Tap y in rows)
        {
            foreach (Tap x in columns)
            {
                result[o++] = !x.Seen || !y.Seen ? outside
                    : (1 - y.Weight) * ((1 - x.Weight) * values[y.From * w + x.From] + x.Weight * values[y.From * w + x.To])
                        + y.Weight * ((1 - x.Weight) * values[y.To * w + x.From] + x.Weight * values[y.To * w + x.To]);
            }
        }

        return HostTensor.Of(result, geometry.SourceHeight, geometry.SourceWidth);
    }

    private static Tap[] Taps(int sourceLength, double offset, double scale, int inputLength, int cells, MapUpsampling upsampling)
    {
        var taps = new Tap[sourceLength];
        for (int i = 0; i < sourceLength; i++)
        {
            double input = (i + 0.5 - offset) / scale;
            if (input < 0 || input > inputLength) continue;
            double cell = input / inputLength * cells;
            if (upsampling == MapUpsampling.Nearest)
            {
                int nearest = Math.Min((int)cell, cells - 1);
                taps[i] = new Tap(true, nearest, nearest, 0);
                continue;
            }

            double position = Math.Clamp(cell - 0.5, 0, cells - 1);
            int from = (int)position;
            taps[i] = new Tap(true, from, Math.Min(from + 1, cells - 1), (float)(position - from));
        }

        return taps;
    }

    private readonly record struct Tap(bool Seen, int From, int To, float Weight);
}
