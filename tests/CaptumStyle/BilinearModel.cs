using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>
/// A model whose score is a known game of six regions (2 x 2 pixels of a 4 x 6 image of ones) and the words of a text: the product of two embeddings,
/// one of which is [1, x_0 ... x_5, x_0 x_1] of the regions that are there.
/// </summary>
/// <param name="terms">For each dimension of the image embedding: coefficient of 1, then of each word, then of words 0 and 1 together.</param>
internal sealed class BilinearModel(double[][] terms) : IVisionLanguageModel, ITokenizer, IFusionRule
{
    public const int Start = 1;
    public const int End = 2;
    public const int FirstWord = 10;
    private const int Regions = 6;
    private const int Length = 12;

    public int ImagesEmbedded { get; private set; }

    public int TextsEmbedded { get; private set; }

    public long PadId { get; init; }

    public ModelDescription Description { get; } = new("bilinear", "test", "test", Regions + 2, new ImageSize(4, 6), 1, Length, 2f, 0, string.Empty, []);

    public ModelCapabilities Capabilities => ModelCapabilities.Evaluate;

    public ITokenizer Tokenizer => this;

    public IFusionRule Fusion => this;

    public string Kind => "test";

    public string ContentHash => string.Empty;

    public int ContextLength => Length;

    public int VocabularySize => 100;

    public long StartId => Start;

    public long EndId => End;

    public string Name => "product";

    /// <summary>A text of words, each of so many tokens.</summary>
    public TokenizedText Text(params int[] tokensOfWords)
    {
        List<long> ids = [Start];
        List<TextWord> words = [];
        foreach (int count in tokensOfWords)
        {
            words.Add(new TextWord($"w{words.Count}", ids.Count, count));
            for (int t = 0; t < count; t++) ids.Add(FirstWord + words.Count - 1);
        }

        ids.Add(End);
        int length = ids.Count;
        TextToken[] tokens = [.. ids.Select((id, i) => new TextToken(id, $"{id}", i, 0, 0, id is Start or End))];
        while (ids.Count < Length) ids.Add(PadId);
        return new TokenizedText(string.Join(' ', words.Select(w => w.Text)), ids, length, tokens, words, Truncated: false, length);
    }

    public async Task<ExplanationRequest> RequestAsync(params int[] tokensOfWords)
    {
        float[] ones = new float[24];
        Array.Fill(ones, 1f);
        TokenizedText text = Text(tokensOfWords);
        HostTensor embedding = (await EmbedTextsAsync(HostTensor.Of([.. text.Ids], 1, Length))).Reshape(-1);
        TextsEmbedded = 0;
        return new ExplanationRequest
        {
            Model = this,
            Image = new ImageInput(HostTensor.Of(ones, 1, 1, 4, 6), ImageGeometry.Identity(6, 4), "image", string.Empty),
            Targets = [new MatchingScoreTarget(new TextInput(text, embedding))],
            Seed = 5,
        };
    }

    public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = (int)pixels.Shape[0];
        ImagesEmbedded += count;
        float[] embeds = new float[count * terms.Length];
        for (int b = 0; b < count; b++)
        {
            Span<float> row = embeds.AsSpan(b * terms.Length, terms.Length);
            row[0] = 1;
            for (int r = 0; r < Regions; r++) row[1 + r] = pixels.Floats[(b * 24) + (r / 3 * 12) + (r % 3 * 2)];
            row[^1] = row[1] * row[2];
        }

        return Task.FromResult(HostTensor.Of(embeds, count, terms.Length));
    }

    public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = (int)ids.Shape[0], length = (int)ids.Shape[1], words = terms[0].Length - 2;
        TextsEmbedded += count;
        float[] embeds = new float[count * terms.Length];
        for (int b = 0; b < count; b++)
        {
            long[] row = ids.Int64s.Slice(b * length, length).ToArray();
            double[] present = [1, .. Enumerable.Range(0, words).Select(w => row.Contains(FirstWord + w) ? 1.0 : 0.0), row.Contains(FirstWord) && row.Contains(FirstWord + 1) ? 1 : 0];
            for (int e = 0; e < terms.Length; e++) embeds[(b * terms.Length) + e] = (float)present.Select((v, n) => v * terms[e][n]).Sum();
        }

        return Task.FromResult(HostTensor.Of(embeds, count, terms.Length));
    }

    public double Score(ReadOnlySpan<float> imageEmbedding, ReadOnlySpan<float> textEmbedding, ScoreKind kind)
    {
        double sum = 0;
        for (int e = 0; e < imageEmbedding.Length; e++) sum += (double)imageEmbedding[e] * textEmbedding[e];
        return sum;
    }

    public Value Score(GraphBuilder g, Value imageEmbeds, Value textEmbeds, ScoreKind kind) => throw new PellucidException("a test evaluates alone");

    public float[] DimensionWeights(ReadOnlySpan<float> textEmbedding) => textEmbedding.ToArray();

    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) => throw new PellucidException("a test brings its own image");

    public TokenizedText Tokenize(string text) => throw new PellucidException("a test brings its own texts");

    public string Decode(IReadOnlyList<long> ids) => string.Join(' ', ids);
}
