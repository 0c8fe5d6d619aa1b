using Pellucid.Abstractions.Images;

namespace Pellucid.Host.Reports;

/// <summary>Many pictures of one size as one.</summary>
public static class Montage
{
    /// <summary>Tiles pictures row by row on white, with a gap between them.</summary>
    /// <param name="pictures">RGB, all of one size, at least one.</param>
    /// <param name="columns">Pictures a row, at least 1.</param>
    /// <param name="gap">Pixels between pictures.</param>
    /// <exception cref="ArgumentException">There is no picture, or one is not RGB or of another size.</exception>
    public static DecodedImage Tile(IReadOnlyList<DecodedImage> pictures, int columns, int gap = 4)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (pictures.Count == 0) throw new ArgumentException("a montage needs at least one picture", nameof(pictures));
        int width = pictures[0].Width, height = pictures[0].Height;
        if (pictures.FirstOrDefault(p => p.Mode != PixelMode.Rgb || p.Width != width || p.Height != height) is { } other)
            throw new ArgumentException($"{other} does not fit beside {pictures[0]}", nameof(pictures));
        int rows = (pictures.Count + columns - 1) / columns;
        int totalWidth = (columns * (width + gap)) - gap, totalHeight = (rows * (height + gap)) - gap;
        byte[] pixels = new byte[totalWidth * totalHeight * 3];
        Array.Fill(pixels, byte.MaxValue);
        for (int i = 0; i < pictures.Count; i++)
        {
            int left = i % columns * (width + gap), top = i / columns * (height + gap);
            for (int y = 0; y < height; y++)
                pictures[i].Pixels.Span.Slice(y * width * 3, width * 3).CopyTo(pixels.AsSpan(((top + y) * totalWidth + left) * 3));
        }

        return new DecodedImage(totalWidth, totalHeight, PixelMode.Rgb, pixels, "montage");
    }
}
