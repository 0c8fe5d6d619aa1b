using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host;

/// <summary>Image files for plugins.</summary>
/// <param name="limits">What a file may cost.</param>
internal sealed class HostImageReader(ImageLimits limits) : IImageReader
{
    /// <inheritdoc/>
    public DecodedImage Read(string path, CancellationToken cancellationToken = default) => ImageDecoder.Decode(path, limits, cancellationToken);
}
