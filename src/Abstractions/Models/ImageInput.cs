using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>An image as a model takes it.</summary>
/// <param name="Pixels">[1, C, H, W] float32, resized, cropped and normalized.</param>
/// <param name="Geometry">Where these pixels lie on the original image.</param>
/// <param name="Name">File name or another label, for messages and reports.</param>
/// <param name="ContentHash">SHA-256 (hex) of the original file or pixels, for provenance.</param>
public sealed record ImageInput(HostTensor Pixels, ImageGeometry Geometry, string Name, string ContentHash)
{
    /// <summary>Height and width of <see cref="Pixels"/>.</summary>
    public ImageSize Size => new((int)Pixels.Shape[2], (int)Pixels.Shape[3]);
}
