using Pellucid.Abstractions.Images;

namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>Draws where an object is. Pure functions: the given image is never changed.</summary>
public static class Outline
{
    /// <summary>The rim of a mask: its pixels that have one outside the mask, or outside the image, within the thickness.</summary>
    /// <param name="image">The image; it is converted to RGB.</param>
    /// <param name="mask">One element for each pixel of the image.</param>
    /// <param name="color">Color.</param>
    /// <param name="thickness">Pixels, 1 to 64.</param>
    /// <exception cref="ArgumentException">The mask does not fit the image.</exception>
    public static DecodedImage Mask(DecodedImage image, ReadOnlySpan<bool> mask, RgbColor color, int thickness = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckThickness(thickness);
        (int w, int h) = (image.Width, image.Height);
        if (mask.Length != (long)w * h) throw new ArgumentException($"a mask of {mask.Length} pixels does not fit {image}", nameof(mask));
        byte[] rgb = PillowConvert.ToRgb(image).Pixels.ToArray();
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                if (mask[y * w + x] && IsNearOutside(mask, w, h, x, y, thickness)) Paint(rgb, y * w + x, color);
            }
        }

        return new DecodedImage(w, h, PixelMode.Rgb, rgb, image.Source);
    }

    private static bool IsNearOutside(ReadOnlySpan<bool> mask, int width, int height, int x, int y, int distance)
    {
        if (x < distance || y < distance || x + distance >= width || y + distance >= height) return true;
        for (int v = y - distance; v <= y + distance; v++)
        {
            if (mask.Slice(v * width + x - distance, 2 * distance + 1).Contains(false)) return true;
        }

        return false;
    }

    private static void Paint(Span<byte> rgb, int pixel, RgbColor color) =>
        (rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2]) = (color.R, color.G, color.B);

    private static void CheckThickness(int thickness)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thickness, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thickness, 64);
    }
}
