using System.Numerics.Tensors;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Data;

/// <summary>Embeds any number of image files, a few at a time.</summary>
public static class ImageEmbeddings
{
    private const int ImagesAtOnce = 16;

    /// <summary>Decodes, prepares and embeds files.</summary>
    /// <param name="model">The model.</param>
    /// <param name="files">Image files.</param>
    /// <param name="limits">Limits for decoding.</param>
    /// <param name="progress">Told how many images are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Un-normalized embeddings [N, E], and the SHA-256 of each file.</returns>
    /// <exception cref="PellucidException">A file cannot be used, or an embedding is not finite; the message names the file.</exception>
    public static async Task<(HostTensor Embeddings, IReadOnlyList<string> Hashes)> OfFilesAsync(
        IVisionLanguageModel model, IReadOnlyList<string> files, ImageLimits limits, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(files);
        int width = model.Description.EmbeddingDimension, done = 0;
        float[] all = new float[checked(files.Count * width)];
        List<string> hashes = [];
        foreach (string[] some in files.Chunk(ImagesAtOnce))
        {
            List<ImageInput> inputs = [];
            foreach (string file in some)
            {
                cancellationToken.ThrowIfCancellationRequested();
                DecodedImage image = ImageDecoder.Decode(file, limits, cancellationToken);
                inputs.Add(model.Prepare(image));
                hashes.Add(image.ContentHash);
            }

            int size = inputs[0].Pixels.Length;
            float[] pixels = new float[inputs.Count * size];
            for (int i = 0; i < inputs.Count; i++) inputs[i].Pixels.Floats.CopyTo(pixels.AsSpan(i * size, size));
            HostTensor embeds = await model.EmbedImagesAsync(HostTensor.Of(pixels, inputs[0].Pixels.Shape.With(0, inputs.Count)), cancellationToken);
            for (int i = 0; i < some.Length; i++)
            {
                ReadOnlySpan<float> row = embeds.Floats.Slice(i * width, width);
                if (!TensorPrimitives.IsFiniteAll(row)) throw new PellucidException($"the embedding of '{some[i]}' is not finite: the image or the model's weights are unusable");
                row.CopyTo(all.AsSpan((done + i) * width));
            }

            done += some.Length;
            progress?.Report((done, files.Count));
        }

        return (HostTensor.Of(all, files.Count, width), hashes);
    }
}
