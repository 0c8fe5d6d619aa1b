using System.Runtime.InteropServices;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging.Pillow;

namespace Pellucid.Modeling.Imaging;

/// <summary>
/// <c>Image.resize</c> of Pillow, bit for bit (checked against 9.4.0): what every published pre-processing pipeline of the
/// supported models runs. Filters widen when shrinking; 8-bit images are rounded to bytes between the two passes.
/// </summary>
public static class PillowResize
{
    /// <summary>
    /// Resizes. Palette and bilevel images take the nearest neighbour whatever filter is asked; images with alpha are
    /// premultiplied, resized and divided again. The mode stays.
    /// </summary>
    /// <param name="image">Any mode.</param>
    /// <param name="width">New columns, at least 1.</param>
    /// <param name="height">New rows, at least 1.</param>
    /// <param name="resample">The filter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or there is no such filter.</exception>
    public static DecodedImage Resize(DecodedImage image, int width, int height, Resample resample)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (!Enum.IsDefined(resample)) throw new ArgumentOutOfRangeException(nameof(resample), resample, "no such resampling filter");
        if (width == image.Width && height == image.Height) return image;
        if (image.Mode is PixelMode.Palette or PixelMode.Bilevel) resample = Resample.Nearest;
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        byte[] resized;
        if (resample == Resample.Nearest)
        {
            resized = NearestResampler.Resize(pixels, image.Width, image.Height, image.Mode.BytesPerPixel(), width, height);
        }
        else
        {
            resized = image.Mode switch
            {
                PixelMode.Integer => MemoryMarshal.AsBytes(WideResampler.Resize(
                    MemoryMarshal.Cast<byte, int>(pixels), image.Width, image.Height, width, height, resample).AsSpan()).ToArray(),
                PixelMode.Float => MemoryMarshal.AsBytes(WideResampler.Resize(
                    MemoryMarshal.Cast<byte, float>(pixels), image.Width, image.Height, width, height, resample).AsSpan()).ToArray(),
                PixelMode.GrayAlpha or PixelMode.Rgba => ResizeWithAlpha(image, width, height, resample),
                _ => ByteResampler.Resize(pixels, image.Width, image.Height, image.Mode.Channels(), width, height, resample),
            };
        }

        return new DecodedImage(width, height, image.Mode, resized, image.Source, orientation: image.Orientation);
    }

    private static byte[] ResizeWithAlpha(DecodedImage image, int width, int height, Resample resample)
    {
        int channels = image.Mode.Channels();
        byte[] premultiplied = image.Pixels.ToArray();
        AlphaPremultiplication.Multiply(premultiplied, channels);
        byte[] resized = ByteResampler.Resize(premultiplied, image.Width, image.Height, channels, width, height, resample);
        AlphaPremultiplication.Divide(resized, channels);
        return resized;
    }
}
