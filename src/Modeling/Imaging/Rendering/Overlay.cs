using Pellucid.Abstractions.Images;

namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>Pictures of maps. Pure functions: the given image is never changed.</summary>
public static class Overlay
{
    /// <summary>A map laid over an image: (1 - opacity) x image + opacity x color, rounded.</summary>
    /// <param name="image">The image; it is converted to RGB.</param>
    /// <param name="values">One value in the color map's range for each pixel of the image.</param>
    /// <param name="colors">Color map.</param>
    /// <param name="opacity">Of the map, 0 to 1.</param>
    /// <param name="fadeWithValue">Whether opacity is multiplied by |value|, so that the image stays clear where the map says little.</param>
    /// <returns>RGB of the image's size.</returns>
    /// <exception cref="ArgumentException">The values do not fit the image, or one is NaN.</exception>
    public static DecodedImage Blend(
        DecodedImage image, ReadOnlySpan<float> values, ColorMap colors, float opacity = 0.5f, bool fadeWithValue = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(colors);
        if (!(opacity is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "opacity lies in 0..1");
        if (values.Length != (long)image.Width * image.Height)
            throw new ArgumentException($"{values.Length} values do not fit {image}", nameof(values));
        byte[] rgb = PillowConvert.ToRgb(image).Pixels.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            RgbColor color = colors.At(values[i]);
            float alpha = fadeWithValue ? opacity * Math.Min(Math.Abs(values[i]), 1) : opacity;
            Span<byte> pixel = rgb.AsSpan(3 * i, 3);
            pixel[0] = Mix(pixel[0], color.R, alpha);
            pixel[1] = Mix(pixel[1], color.G, alpha);
            pixel[2] = Mix(pixel[2], color.B, alpha);
        }

        return new DecodedImage(image.Width, image.Height, PixelMode.Rgb, rgb, image.Source);
    }

    private static byte Mix(byte under, byte over, float alpha) => (byte)MathF.Round((1 - alpha) * under + alpha * over);
}
