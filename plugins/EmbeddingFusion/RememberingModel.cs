using System.Security.Cryptography;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// A model that embeds the same images once. A method that only evaluates the model shows it the same changed images for every batch of embedding
/// dimensions; embeddings are small, so remembering them makes all dimensions cost the evaluations of one. Not safe for concurrent use.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class RememberingModel(IVisionLanguageModel model) : IVisionLanguageModel
{
    /// <summary>Embeddings are remembered up to so many values (256 MB); what comes later is computed again.</summary>
    private const long MostValues = 64L << 20;

    private readonly Dictionary<string, HostTensor> _known = new(StringComparer.Ordinal);
    private long _values;

    public ModelDescription Description => model.Description;

    public ModelCapabilities Capabilities => ModelCapabilities.Evaluate;

    public ITokenizer Tokenizer => model.Tokenizer;

    public IFusionRule Fusion => model.Fusion;

    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) => model.Prepare(image, preparation);

    public async Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default)
    {
        string key = $"{pixels} {Convert.ToHexString(SHA256.HashData(pixels.Bytes))}";
        if (_known.TryGetValue(key, out HostTensor? known)) return known;
        HostTensor embeddings = await model.EmbedImagesAsync(pixels, cancellationToken);
        if (_values + embeddings.Length <= MostValues)
        {
            _known[key] = embeddings;
            _values += embeddings.Length;
        }

        return embeddings;
    }

    public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default) => model.EmbedTextsAsync(ids, cancellationToken);
}
