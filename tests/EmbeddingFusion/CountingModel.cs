using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>A model that counts the images it embeds.</summary>
internal sealed class CountingModel(IVisionLanguageModel model) : IVisionLanguageModel
{
    public long Images { get; private set; }

    public ModelDescription Description => model.Description;

    public ModelCapabilities Capabilities => ModelCapabilities.Evaluate;

    public ITokenizer Tokenizer => model.Tokenizer;

    public IFusionRule Fusion => model.Fusion;

    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) => model.Prepare(image, preparation);

    public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default)
    {
        Images += pixels.Shape[0];
        return model.EmbedImagesAsync(pixels, cancellationToken);
    }

    public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default) => model.EmbedTextsAsync(ids, cancellationToken);
}
