using System.Buffers.Binary;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>Regions from a file: a NumPy array of whole numbers or truth values, or an image in which each region has a color of its own.</summary>
internal static class MaskFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="size">Size that it must have: the model's input.</param>
    /// <param name="images">Reads images.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <returns>A number for each pixel, row by row; equal numbers are one region.</returns>
    /// <exception cref="PellucidException">The file is missing, damaged, or of another size.</exception>
    public static long[] Read(string path, ImageSize size, IImageReader images, CancellationToken cancellationToken)
    {
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            (long[] numbers, TensorShape shape) = NumpyArray.Read(path);
            return shape.Rank == 2 && shape[0] == size.Height && shape[1] == size.Width
                ? numbers
                : throw new PellucidException($"the mask {path} is {shape}; for this model and image it must be [{size.Height}, {size.Width}]");
        }

        DecodedImage image = images.Read(path, cancellationToken);
        if (image.Height != size.Height || image.Width != size.Width)
            throw new PellucidException($"the mask {path} is [{image.Height}, {image.Width}]; for this model and image it must be [{size.Height}, {size.Width}], the model's input");
        int bytes = image.Mode.BytesPerPixel();
        long[] colors = new long[size.Height * size.Width];
        Span<byte> pixel = stackalloc byte[sizeof(long)];
        for (int i = 0; i < colors.Length; i++)
        {
            image.Pixels.Span.Slice(i * bytes, bytes).CopyTo(pixel);
            colors[i] = BinaryPrimitives.ReadInt64LittleEndian(pixel);
        }

        return colors;
    }
}
