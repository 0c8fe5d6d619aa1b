using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host;

/// <summary>Image files for plugins.</summary>
internal sealed class HostImageReader : IImageReader
{
    /// <inheritdoc/>
    public DecodedImage Read(string path, CancellationToken cancellationToken = default) => ImageDecoder.Decode(path, cancellationToken: cancellationToken);
}
