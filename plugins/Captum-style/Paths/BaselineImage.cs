using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Baselines that are images of their own, prepared as the model prepares every image.</summary>
internal static class BaselineImage
{
    /// <summary>Reads and prepares one.</summary>
    /// <param name="request">The image that it is the baseline of, and the model.</param>
    /// <param name="path">The file.</param>
    /// <param name="images">Reads it.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <returns>C x H x W values.</returns>
    /// <exception cref="PellucidException">The file is missing or no image, or becomes another size than the image.</exception>
    public static float[] Read(ExplanationRequest request, string path, IImageReader images, CancellationToken cancellationToken)
    {
        DecodedImage decoded = images.Read(path, cancellationToken);
        TensorShape needed = request.Image.Pixels.Shape;

        // An image of another size than the model's own was prepared in its aspect.
        ImagePreparation preparation = request.Image.Size == request.Model.Description.ImageSize ? ImagePreparation.Model : ImagePreparation.KeepAspect;
        HostTensor pixels = request.Model.Prepare(decoded, preparation).Pixels;
        return pixels.Shape.SequenceEqual(needed)
            ? pixels.Floats.ToArray()
            : throw new PellucidException($"the baseline {path} ({decoded.Height} x {decoded.Width}) becomes {pixels.Shape} for this model, the explained image {needed}; take one of the same aspect");
    }
}
