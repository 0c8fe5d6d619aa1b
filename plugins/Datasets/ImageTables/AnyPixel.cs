using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>Masks that are images: what is not black belongs to the region.</summary>
internal static class AnyPixel
{
    /// <summary>Loads a mask.</summary>
    /// <exception cref="PellucidException">The file is missing, no such image, or black all over.</exception>
    public static ImageMask Load(IImageReader images, string file, CancellationToken cancellationToken)
    {
        DecodedImage image = images.Read(file, cancellationToken);
        int stride = image.Mode.BytesPerPixel();
        int colors = image.Mode switch
        {
            PixelMode.Gray or PixelMode.GrayAlpha or PixelMode.Bilevel => 1,
            PixelMode.Rgb or PixelMode.Rgba or PixelMode.Palette => 3,
            _ => throw new PellucidException($"{file}: a mask is an RGB or gray image of 8 bits, this is {image.Mode}"),
        };
        bool[] pixels = new bool[image.Width * image.Height];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = image.Pixels.Span.Slice(i * stride, colors).ContainsAnyExcept((byte)0);
        return pixels.Contains(true) ? new ImageMask(image.Height, image.Width, pixels) : throw new PellucidException($"{file}: the mask is black all over");
    }
}
