using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Models;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>
/// A model of 4 x 4 images with one channel whose embedding says how bright the upper left quarter is: the cosine with the first text rises with it, that with the second falls.
/// </summary>
internal sealed class BrightnessModel : IVisionLanguageModel
{
    public const int Side = 4;

    public List<long> Batches { get; } = [];

    public ModelDescription Description { get; } = new("brightness", "test", "test", 2, new ImageSize(Side, Side), 1, 4, 10, 0, "hash", []);

    public ModelCapabilities Capabilities { get; init; } = ModelCapabilities.Evaluate;

    public ITokenizer Tokenizer => throw new NotSupportedException("the model has no tokenizer");

    public IFusionRule Fusion { get; } = new CosineFusion(10);

    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model)
    {
        float level = image.Pixels.Span[0] / 255f;
        return new ImageInput(HostTensor.Of([.. Enumerable.Repeat(level, Side * Side)], 1, 1, Side, Side), ImageGeometry.Identity(Side, Side), "plain", string.Empty);
    }

    public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Batches.Add(pixels.Shape[0]);
        int rows = (int)pixels.Shape[0], size = pixels.Length / rows;
        float[] embeds = new float[rows * 2];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> image = pixels.Floats.Slice(i * size, size);
            float bright = (image[0] + image[1] + image[4] + image[5]) / 4;
            (embeds[2 * i], embeds[(2 * i) + 1]) = (bright, 1 - bright);
        }

        return Task.FromResult(HostTensor.Of(embeds, rows, 2));
    }

    public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default) => throw new NotSupportedException("the model has no texts");
}
