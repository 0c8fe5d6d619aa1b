using Pellucid.Graphs;

namespace Pellucid.Abstractions.Images;

/// <summary>Reads image files, as the host reads those it explains. For explainers whose options name images (baselines, masks). Thread-safe.</summary>
public interface IImageReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <exception cref="PellucidException">The file is missing, unreadable, no known image, damaged or too large.</exception>
    DecodedImage Read(string path, CancellationToken cancellationToken = default);
}
