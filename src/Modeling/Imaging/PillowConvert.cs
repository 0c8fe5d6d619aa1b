using System.Runtime.InteropServices;
using Pellucid.Abstractions.Images;

namespace Pellucid.Modeling.Imaging;

/// <summary><c>Image.convert</c> of Pillow to "RGB" and "L", bit for bit.</summary>
public static class PillowConvert
{
    /// <summary>
    /// To 8-bit RGB. Alpha is dropped, not blended; wide integers and floats are clipped at 0 and 255 and not scaled
    /// (a 16-bit X-ray turns mostly white, and so it does in the published pipelines).
    /// </summary>
    public static DecodedImage ToRgb(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Mode == PixelMode.Rgb) return image;
        ReadOnlySpan<byte> s = image.Pixels.Span;
        if (image.Mode == PixelMode.Palette) return Make(image, PixelMode.Rgb, s.ToArray());
        var rgb = new byte[checked(image.Width * image.Height * 3)];
        switch (image.Mode)
        {
            case PixelMode.Rgba:
                for (int i = 0, o = 0; o < rgb.Length; i += 4, o += 3) (rgb[o], rgb[o + 1], rgb[o + 2]) = (s[i], s[i + 1], s[i + 2]);
                break;
            case PixelMode.Cmyk:
                for (int i = 0, o = 0; o < rgb.Length; i += 4, o += 3)
                {
                    int light = 255 - s[i + 3];
                    for (int c = 0; c < 3; c++) rgb[o + c] = (byte)Math.Max(light - MultiplyDivide255(s[i + c], light), 0);
                }

                break;
            default:
                byte[] gray = Gray(image);
                for (int i = 0, o = 0; i < gray.Length; i++, o += 3) rgb[o] = rgb[o + 1] = rgb[o + 2] = gray[i];
                break;
        }

        return Make(image, PixelMode.Rgb, rgb);
    }

    /// <summary>To 8-bit grey; colour by ITU-R 601 luma in 16-bit fixed point.</summary>
    public static DecodedImage ToGray(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Mode switch
        {
            PixelMode.Gray => image,
            PixelMode.Cmyk => ToGray(ToRgb(image)),
            PixelMode.Rgb or PixelMode.Rgba or PixelMode.Palette => Make(image, PixelMode.Gray, Luma(image)),
            _ => Make(image, PixelMode.Gray, Gray(image)),
        };
    }

    private static DecodedImage Make(DecodedImage image, PixelMode mode, byte[] pixels) =>
        new(image.Width, image.Height, mode, pixels, image.Source, orientation: image.Orientation);

    private static byte[] Luma(DecodedImage image)
    {
        ReadOnlySpan<byte> s = image.Pixels.Span;
        int step = image.Mode.BytesPerPixel();
        var gray = new byte[image.Width * image.Height];
        for (int i = 0, p = 0; i < gray.Length; i++, p += step)
            gray[i] = (byte)((19595 * s[p] + 38470 * s[p + 1] + 7471 * s[p + 2] + 32768) >> 16);
        return gray;
    }

    private static byte[] Gray(DecodedImage image)
    {
        ReadOnlySpan<byte> s = image.Pixels.Span;
        var gray = new byte[image.Width * image.Height];
        switch (image.Mode)
        {
            case PixelMode.GrayAlpha:
                for (int i = 0; i < gray.Length; i++) gray[i] = s[i * 2];
                break;
            case PixelMode.Integer:
                ReadOnlySpan<int> integers = MemoryMarshal.Cast<byte, int>(s);
                for (int i = 0; i < gray.Length; i++) gray[i] = (byte)Math.Clamp(integers[i], 0, 255);
                break;
            case PixelMode.Float:
                // Written so that NaN becomes 0: a cast of NaN is not defined.
                ReadOnlySpan<float> floats = MemoryMarshal.Cast<byte, float>(s);
                for (int i = 0; i < gray.Length; i++) gray[i] = floats[i] >= 255 ? (byte)255 : floats[i] > 0 ? (byte)floats[i] : (byte)0;
                break;
            default:
                s.CopyTo(gray);
                break;
        }

        return gray;
    }

    private static int MultiplyDivide255(int a, int b)
    {
        int t = a * b + 128;
        return ((t >> 8) + t) >> 8;
    }
}
