using System.Security.Cryptography;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Datasets;

/// <summary>Loads and hashes the images of data sets.</summary>
public static class DatasetImages
{
    /// <summary>The pixels of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="limits">What decoding may cost; null for the standard limits.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">It is missing, damaged or over a limit.</exception>
    public static async Task<DecodedImage> LoadAsync(this DatasetImage image, ImageLimits? limits = null, CancellationToken cancellationToken = default) => image switch
    {
        FileImage file => ImageDecoder.Decode(file.Path, limits, cancellationToken),
        EncodedImage encoded => ImageDecoder.Decode(await encoded.Load(cancellationToken), encoded.Name, limits, cancellationToken),
        PixelImage pixels => await pixels.Load(cancellationToken),
        _ => throw new PellucidException($"the image '{image?.Name}' is of a kind that this version does not know"),
    };

    /// <summary>SHA-256 (lower-case hexadecimal): the <see cref="DecodedImage.ContentHash"/> that loading would give, without decoding.</summary>
    /// <exception cref="PellucidException">It is missing or cannot be read.</exception>
    public static async Task<string> HashAsync(this DatasetImage image, CancellationToken cancellationToken = default)
    {
        try
        {
            switch (image)
            {
                case FileImage file:
                    await using (FileStream stream = File.OpenRead(file.Path)) return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
                case EncodedImage encoded:
                    return Convert.ToHexStringLower(SHA256.HashData((await encoded.Load(cancellationToken)).Span));
                default:
                    return (await image.LoadAsync(null, cancellationToken)).ContentHash;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the image '{image?.Name}' cannot be read: {e.Message}", e);
        }
    }
}
