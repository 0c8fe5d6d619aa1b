using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Models;

/// <summary>A model with the images and texts that a suite numbers.</summary>
/// <param name="model">The model.</param>
/// <param name="pixels">All images, [N, C, H, W].</param>
/// <param name="texts">All texts.</param>
internal sealed class ReferenceModel(IVisionLanguageModel model, HostTensor pixels, IReadOnlyList<TextInput> texts)
{
    private readonly Dictionary<int, ImageInput> _images = [];
    private HostTensor? _imageEmbeds;

    /// <summary>The model.</summary>
    public IVisionLanguageModel Model => model;

    /// <summary>All texts.</summary>
    public IReadOnlyList<TextInput> Texts => texts;

    /// <summary>Number of images.</summary>
    public int ImageCount => (int)pixels.Shape[0];

    /// <summary>Makes one of token ids: the text ends with the largest id, as the suites define it.</summary>
    public static async Task<ReferenceModel> OfIdsAsync(IVisionLanguageModel model, HostTensor pixels, HostTensor ids, CancellationToken cancellationToken)
    {
        if (ids.ElementType != ElementType.Int64 || ids.Shape.Rank != 2) throw new PellucidException($"token ids must be int64 [N, L], not {ids}");
        HostTensor embeds = await model.EmbedTextsAsync(ids, cancellationToken);
        return new ReferenceModel(
            model, RequirePixels(pixels), [.. Enumerable.Range(0, (int)ids.Shape[0]).Select(i => new TextInput(Tokens(i, ids.Rows(i, 1).Int64s.ToArray()), Row(embeds, i)))]);
    }

    /// <summary>Makes one of text embeddings [N, E], for a model without a text encoder.</summary>
    public static ReferenceModel OfEmbeddings(IVisionLanguageModel model, HostTensor pixels, HostTensor embeds) => new(
        model, RequirePixels(pixels),
        [.. Enumerable.Range(0, (int)embeds.Shape[0]).Select(i => new TextInput(new TokenizedText(Name(i), [], 0, [], [], Truncated: false, 0), Row(embeds, i)))]);

    /// <summary>An image by its number.</summary>
    /// <exception cref="PellucidException">There is none of that number.</exception>
    public ImageInput Image(int index)
    {
        if (_images.TryGetValue(index, out ImageInput? known)) return known;
        if (index < 0 || index >= ImageCount) throw new PellucidException($"there is no image {index}: the suite's inputs hold {ImageCount}");
        return _images[index] = Image(pixels.Rows(index, 1), $"image {index}");
    }

    /// <summary>An image of pixels [1, C, H, W].</summary>
    public static ImageInput Image(HostTensor pixels, string name) =>
        new(pixels, ImageGeometry.Identity((int)pixels.Shape[3], (int)pixels.Shape[2]), name, string.Empty);

    /// <summary>A text by its number.</summary>
    /// <exception cref="PellucidException">There is none of that number.</exception>
    public TextInput Text(int index) => index >= 0 && index < texts.Count
        ? texts[index]
        : throw new PellucidException($"there is no text {index}: the suite's inputs hold {texts.Count}");

    /// <summary>Embeddings of all images, [N, E], un-normalized.</summary>
    public async Task<HostTensor> EmbedImagesAsync(CancellationToken cancellationToken) =>
        _imageEmbeds ??= await model.EmbedImagesAsync(pixels, cancellationToken);

    /// <summary>The value of a target for an image, by the model's fusion rule.</summary>
    public async Task<double> ValueAsync(int image, ExplanationTarget target, CancellationToken cancellationToken)
    {
        _ = Image(image);
        HostTensor embedding = (await EmbedImagesAsync(cancellationToken)).Rows(image, 1);
        return (await model.EvaluateEmbeddingsAsync(embedding, [target], cancellationToken)).Floats[0];
    }

    private static HostTensor RequirePixels(HostTensor pixels) => pixels.ElementType == ElementType.Float32 && pixels.Shape.Rank == 4
        ? pixels
        : throw new PellucidException($"pixel values must be float32 [N, C, H, W], not {pixels}");

    private static string Name(int index) => $"text {index}";

    private static HostTensor Row(HostTensor embeds, int index) => embeds.Rows(index, 1).Reshape(-1);

    private static TokenizedText Tokens(int index, long[] ids)
    {
        int length = Array.IndexOf(ids, ids.Max()) + 1;
        TextToken[] tokens = [.. ids.Take(length).Select((id, i) => new TextToken(id, id.ToString(), i, 0, 0, i == 0 || i == length - 1))];
        return new TokenizedText(Name(index), ids, length, tokens, [], Truncated: false, length);
    }
}
