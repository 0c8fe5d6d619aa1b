using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Models;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>
/// A model of images of three pixels in a row and texts of the words 1, 2 and 3, one for each pixel: an image's embedding is its pixels, a text's how often it has each
/// word, and both end with 0.1, so that empty ones are alike and not zero.
/// </summary>
internal sealed class CountingModel : IVisionLanguageModel
{
    private const float Rest = 0.1f;
    private const long Start = 10, End = 11;

    public ModelDescription Description { get; } = new("counting", "test", "test", 4, new ImageSize(1, 3), 1, 8, 12, 0, "hash", []);

    public ModelCapabilities Capabilities => ModelCapabilities.Evaluate;

    public ITokenizer Tokenizer => throw new NotSupportedException("the model has no tokenizer");

    public IFusionRule Fusion { get; } = new CosineFusion(10);

    /// <summary>An image and its captions, the first of which is explained; pixels and words are important in the order of the explanation's numbers.</summary>
    public static MeasuredItem Item(float[] pixels, float[] map, float[] importances, params long[][] captions)
    {
        TextInput[] texts = [.. captions.Select(Text)];
        TokenizedText tokens = texts[0].Tokens;
        return new MeasuredItem
        {
            Name = "item",
            Image = new ImageInput(HostTensor.Of(pixels, 1, 1, 1, 3), ImageGeometry.Identity(3, 1), "item", string.Empty),
            Target = new MatchingScoreTarget(texts[0]),
            Map = HostTensor.Of(map, 1, 3),
            Words = new TokenAttribution { Tokens = tokens, Importances = importances, Signed = [0, .. importances, 0] },
            Captions = texts,
        };
    }

    public static TextInput Text(params long[] words)
    {
        long[] ids = [Start, .. words, End];
        TextWord[] spans = [.. words.Select((w, i) => new TextWord($"{w}", i + 1, 1))];
        return new TextInput(new TokenizedText(string.Join(' ', words), ids, ids.Length, [], spans, Truncated: false, ids.Length), HostTensor.Of(Embedding(ids), 4));
    }

    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) =>
        new(HostTensor.Of([.. Enumerable.Repeat(image.Pixels.Span[0] / 255f, 3)], 1, 1, 1, 3), ImageGeometry.Identity(3, 1), "plain", string.Empty);

    public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default) =>
        Task.FromResult(HostTensor.Of([.. pixels.Floats.ToArray().Chunk(3).SelectMany(p => (float[])[.. p, Rest])], pixels.Shape[0], 4));

    public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default) =>
        Task.FromResult(HostTensor.Of([.. ids.Int64s.ToArray().Chunk((int)ids.Shape[1]).SelectMany(Embedding)], ids.Shape[0], 4));

    private static float[] Embedding(long[] ids) => [.. Enumerable.Range(1, 3).Select(word => (float)ids.Count(i => i == word)), Rest];
}
