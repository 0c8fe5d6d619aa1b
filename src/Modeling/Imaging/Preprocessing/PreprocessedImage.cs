using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>A model's image input and how it came about.</summary>
/// <param name="Pixels">Normalized values, float32 [1,C,H,W].</param>
/// <param name="Bytes">The same pixels before normalization: 8-bit RGB or grey, H x W.</param>
/// <param name="Geometry">Where the input's pixels lie on the original image.</param>
public sealed record PreprocessedImage(HostTensor Pixels, DecodedImage Bytes, ImageGeometry Geometry);
