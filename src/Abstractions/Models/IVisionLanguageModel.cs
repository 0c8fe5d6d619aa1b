using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>
/// A model that scores images against texts. This is the least a model offers; <see cref="IDifferentiableModel"/>,
/// <see cref="ITappedModel"/> and <see cref="IGraphModel"/> offer more. Safe for concurrent use.
/// </summary>
public interface IVisionLanguageModel
{
    /// <summary>What it is.</summary>
    ModelDescription Description { get; }

    /// <summary>What it can do.</summary>
    ModelCapabilities Capabilities { get; }

    /// <summary>Its tokenizer.</summary>
    ITokenizer Tokenizer { get; }

    /// <summary>Its way from two embeddings to a score.</summary>
    IFusionRule Fusion { get; }

    /// <summary>Brings an image to the model's input.</summary>
    /// <exception cref="PellucidException">The model does not take images of that kind or size.</exception>
    ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model);

    /// <summary>Image embeddings, un-normalized: [B, C, H, W] to [B, E].</summary>
    Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default);

    /// <summary>Text embeddings, un-normalized: int64 ids [B, L] to [B, E].</summary>
    Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default);
}
