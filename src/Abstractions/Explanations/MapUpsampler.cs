using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// Resizes float maps as torch's <c>interpolate</c> does without antialiasing: pixel centers at half coordinates (align_corners = false)
/// where the name does not say otherwise, edges clamped, sums in float32. Pure functions.
/// </summary>
public static class MapUpsampler
{
    /// <summary>Brings a map to a size.</summary>
    /// <param name="map">[h,w] float32.</param>
    /// <param name="size">Rows and columns of the result, at least 1.</param>
    /// <param name="upsampling">Bilinear or nearest.</param>
    /// <returns>[H,W] float32.</returns>
    /// <exception cref="ArgumentException">The map is not [h,w] float32 with at least one element.</exception>
    public static HostTensor Resize(HostTensor map, ImageSize size, MapUpsampling upsampling)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Shape.Rank != 2) throw new ArgumentException($"a map is [h,w], not {map.Shape}", nameof(map));
        (int h, int w) = ((int)map.Shape[0], (int)map.Shape[1]);
        float[] values = upsampling switch
        {
            MapUpsampling.Bilinear => Bilinear(map.Floats, h, w, size.Height, size.Width),
            MapUpsampling.Nearest => Nearest(map.Floats, h, w, size.Height, size.Width),
            _ => throw new ArgumentOutOfRangeException(nameof(upsampling), upsampling, "no such upsampling"),
        };
        return HostTensor.Of(values, size.Height, size.Width);
    }

    /// <summary>Bilinear: torch's mode "bilinear".</summary>
    /// <param name="map">height x width values, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <exception cref="ArgumentException">The values do not fit the size, or a side is below 1.</exception>
    public static float[] Bilinear(ReadOnlySpan<float> map, int height, int width, int newHeight, int newWidth)
    {
        Check(map, height, width, newHeight, newWidth);
        return Bilinear(map, width, LinearTaps(height, newHeight), LinearTaps(width, newWidth));
    }

    /// <summary>Bilinear with the corners of both grids upon each other: torch's mode "bilinear" with align_corners = true.</summary>
    /// <inheritdoc cref="Bilinear(ReadOnlySpan{float}, int, int, int, int)" path="/param"/>
    /// <exception cref="ArgumentException">The values do not fit the size, or a side is below 1.</exception>
    public static float[] BilinearCorners(ReadOnlySpan<float> map, int height, int width, int newHeight, int newWidth)
    {
        Check(map, height, width, newHeight, newWidth);
        return Bilinear(map, width, CornerTaps(height, newHeight), CornerTaps(width, newWidth));
    }

    /// <summary>Nearest neighbor: torch's mode "nearest", index floor(i x old / new).</summary>
    /// <inheritdoc cref="Bilinear(ReadOnlySpan{float}, int, int, int, int)" path="/param"/>
    /// <exception cref="ArgumentException">The values do not fit the size, or a side is below 1.</exception>
    public static float[] Nearest(ReadOnlySpan<float> map, int height, int width, int newHeight, int newWidth)
    {
        Check(map, height, width, newHeight, newWidth);
        var result = new float[checked(newHeight * newWidth)];
        float scaleY = (float)height / newHeight, scaleX = (float)width / newWidth;
        for (int y = 0; y < newHeight; y++)
        {
            ReadOnlySpan<float> row = map.Slice(Math.Min((int)(y * scaleY), height - 1) * width, width);
            for (int x = 0; x < newWidth; x++) result[y * newWidth + x] = row[Math.Min((int)(x * scaleX), width - 1)];
        }

        return result;
    }

    /// <summary>Bicubic: torch's mode "bicubic", a = -0.75; overshoots the range of the map.</summary>
    /// <inheritdoc cref="Bilinear(ReadOnlySpan{float}, int, int, int, int)" path="/param"/>
    /// <exception cref="ArgumentException">The values do not fit the size, or a side is below 1.</exception>
    public static float[] Bicubic(ReadOnlySpan<float> map, int height, int width, int newHeight, int newWidth)
    {
        Check(map, height, width, newHeight, newWidth);
        var result = new float[checked(newHeight * newWidth)];
        float scaleY = (float)height / newHeight, scaleX = (float)width / newWidth;
        Span<float> wy = stackalloc float[4];
        Span<float> wx = stackalloc float[4];
        for (int y = 0; y < newHeight; y++)
        {
            int top = CubicTaps(y, scaleY, wy);
            for (int x = 0; x < newWidth; x++)
            {
                int left = CubicTaps(x, scaleX, wx);
                float sum = 0;
                for (int j = 0; j < 4; j++)
                {
                    ReadOnlySpan<float> row = map.Slice(Math.Clamp(top + j, 0, height - 1) * width, width);
                    float line = 0;
                    for (int i = 0; i < 4; i++) line += wx[i] * row[Math.Clamp(left + i, 0, width - 1)];
                    sum += wy[j] * line;
                }

                result[y * newWidth + x] = sum;
            }
        }

        return result;
    }

    private static float[] Bilinear(ReadOnlySpan<float> map, int width, (int From, int To, float Weight)[] rows, (int From, int To, float Weight)[] columns)
    {
        var result = new float[checked(rows.Length * columns.Length)];
        int o = 0;
        foreach ((int top, int bottom, float wy) in rows)
        {
            ReadOnlySpan<float> upper = map.Slice(top * width, width);
            ReadOnlySpan<float> lower = map.Slice(bottom * width, width);
            foreach ((int left, int right, float wx) in columns)
            {
                result[o++] = (1 - wy) * ((1 - wx) * upper[left] + wx * upper[right])
                    + wy * ((1 - wx) * lower[left] + wx * lower[right]);
            }
        }

        return result;
    }

    private static (int From, int To, float Weight)[] CornerTaps(int length, int newLength)
    {
        var taps = new (int, int, float)[newLength];
        for (int i = 0; i < newLength; i++)
        {
            double position = newLength == 1 ? 0 : i * (length - 1.0) / (newLength - 1);
            int from = (int)position;
            taps[i] = (from, Math.Min(from + 1, length - 1), (float)(position - from));
        }

        return taps;
    }

    private static (int From, int To, float Weight)[] LinearTaps(int length, int newLength)
    {
        float scale = (float)length / newLength;
        var taps = new (int, int, float)[newLength];
        for (int i = 0; i < newLength; i++)
        {
            float position = Math.Max(scale * (i + 0.5f) - 0.5f, 0);
            int from = Math.Min((int)position, length - 1);
            taps[i] = (from, Math.Min(from + 1, length - 1), Math.Min(position - from, 1));
        }

        return taps;
    }

    private static int CubicTaps(int i, float scale, Span<float> weights)
    {
        float position = scale * (i + 0.5f) - 0.5f;
        float floor = MathF.Floor(position);
        float t = position - floor;
        weights[0] = Far(t + 1);
        weights[1] = Near(t);
        weights[2] = Near(1 - t);
        weights[3] = Far(2 - t);
        return (int)floor - 1;

        static float Near(float x) => ((-0.75f + 2) * x - (-0.75f + 3)) * x * x + 1;
        static float Far(float x) => ((-0.75f * x - 5 * -0.75f) * x + 8 * -0.75f) * x - 4 * -0.75f;
    }

    private static void Check(ReadOnlySpan<float> map, int height, int width, int newHeight, int newWidth)
    {
        if (height < 1 || width < 1 || map.Length != (long)height * width)
            throw new ArgumentException($"{map.Length} values are no map of {height} x {width}", nameof(map));
        ArgumentOutOfRangeException.ThrowIfLessThan(newHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newWidth, 1);
    }
}
