using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>
/// Masks whose pixels hold the number of a class, in an image: R + 256 G, or the gray value. Pixels that nobody labeled (1000 in ImageNet-S) are of no
/// class's value, and so of no region.
/// </summary>
internal static class ValueMask
{
    /// <summary>The pixels of one value.</summary>
    /// <exception cref="PellucidException">The file is missing or no such mask, or has no pixel of the value.</exception>
    public static ImageMask Load(IImageReader images, string file, int value, CancellationToken cancellationToken)
    {
        DecodedImage image = images.Read(file, cancellationToken);
        (int high, bool known) = image.Mode switch
        {
            PixelMode.Rgb or PixelMode.Rgba or PixelMode.Palette => (1, true),
            PixelMode.Gray or PixelMode.Bilevel => (0, true),
            _ => (0, false),
        };
        if (!known) throw new PellucidException($"{file}: a mask of class numbers is an RGB or gray image of 8 bits, this is {image.Mode}");
        int stride = image.Mode.BytesPerPixel();
        ReadOnlySpan<byte> bytes = image.Pixels.Span;
        bool[] pixels = new bool[image.Width * image.Height];
        bool any = false;
        for (int i = 0; i < pixels.Length; i++)
        {
            int here = bytes[i * stride] + (high == 0 ? 0 : 256 * bytes[(i * stride) + high]);
            any |= pixels[i] = here == value;
        }

        return any ? new ImageMask(image.Height, image.Width, pixels) : throw new PellucidException($"{file}: no pixel of the mask has the value {value} of its class");
    }
}
