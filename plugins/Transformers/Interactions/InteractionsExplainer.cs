using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Interactions;

/// <summary>
/// Second-order attributions of a dual encoder (Moeller et al. 2025, "Explaining caption-image interactions in CLIP models with
/// second-order attributions", eq. 3 and 4): which token of the text meets which patch of the image. With g and h the embeddings,
/// x and r the tokens of input and reference before a block, and J the Jacobians integrated along the straight path between them,
/// A_ij = (x_i - r_i) J_g,i^T J_h,j (x_j - r_j) / (|g| |h|). All A sum to the cosine without what the references explain.
/// </summary>
/// <remarks>
/// References: an image of the training data's mean color, and a text of padding with start and end in the same places. Details:
/// <c>interactions</c> [words, rows, columns], <c>token-interactions</c> [T, N] with the special tokens of both sides, and
/// <c>completeness</c> [2]: the sum of all A, and what it should be.
/// </remarks>
/// <example><c>--explainer "interactions(steps=100)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class InteractionsExplainer(InteractionsOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "interactions";
    private const int TokensAtOnce = 16;
    private static readonly DerivedGraphs<(TransformerLayout Layout, int Block, bool Upper), Graph> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is MatchingScoreTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id), text = image.Text();
        MatchingScoreTarget[] targets = [.. request.Targets.Cast<MatchingScoreTarget>()];
        TokenizedText[] texts = TextTargets.Of(targets);
        HostTensor pixels = HostTensor.Zeros(ElementType.Float32, request.Image.Pixels.Shape.With(0, 2));
        request.Image.Pixels.Floats.CopyTo(pixels.Floats);
        IntegratedSide imageSide = await ReadAsync(image, image.Model.ImageEncoder(request.Image.Size), image.Block(options.Block, "block"), pixels, cancellationToken);
        var explanations = new Explanation[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            HostTensor ids = TextTargets.Ids([texts[k], texts[k] with { Ids = Padding(request.Model.Tokenizer, texts[k]) }], text.Layout.Tokens);
            IntegratedSide textSide = await ReadAsync(text, text.Model.TextEncoder(), text.Block(options.TextBlock, "text-block"), ids, cancellationToken);
            float[] directions = await DirectionsAsync(text, textSide, ids.Rows(0, 1), texts[k].Length, cancellationToken);
            float[] products = await ProductsAsync(imageSide, directions, texts[k].Length, cancellationToken);
            explanations[k] = InteractionMaps.Explain(request.Model, targets[k], products, image.Layout, imageSide, textSide);
            request.Progress?.Report((k + 1.0) / targets.Length);
        }

        return explanations;
    }

    /// <summary>The reference of a text: padding between a start and an end in the same places, so that the embedding is read at the same token.</summary>
    private static long[] Padding(ITokenizer tokenizer, TokenizedText text)
    {
        long[] ids = [.. text.Ids];
        for (int i = 1; i < text.Length - 1; i++) ids[i] = tokenizer.PadId == text.Ids[text.Length - 1] ? 0 : tokenizer.PadId;
        return ids;
    }

    private async Task<IntegratedSide> ReadAsync(EncoderSide side, Graph encoder, int block, HostTensor inputAndReference, CancellationToken cancellationToken)
    {
        Graph lower = Graphs.Get(encoder, (side.Layout, block, Upper: false), e => InteractionGraphs.Lower(e, side.Layout, block));
        Graph upper = Graphs.Get(encoder, (side.Layout, block, Upper: true), e => side.Modality == Modality.Text
            ? InteractionGraphs.Text(e, side.Layout, block)
            : InteractionGraphs.Image(e, side.Layout, block));
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(
            lower, new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [encoder.Inputs[0].Name] = inputAndReference }, cancellationToken);
        HostTensor embeddings = run[side.Modality == Modality.Text ? EncoderNames.TextEmbeds : EncoderNames.ImageEmbeds], features = run[InteractionGraphs.Features];
        HostTensor reference = features.Rows(1, 1), difference = features.Rows(0, 1);
        TensorPrimitives.Subtract<float>(difference.Floats, reference.Floats, difference.Floats);
        return new IntegratedSide(upper, embeddings, reference, difference);
    }

    /// <summary>J_h,j (x_j - r_j) of each token of the text, [T, E].</summary>
    private Task<float[]> DirectionsAsync(EncoderSide side, IntegratedSide text, HostTensor ids, int tokens, CancellationToken cancellationToken)
    {
        float[] chosen = new float[tokens * side.Layout.Tokens];
        for (int j = 0; j < tokens; j++) chosen[(j * side.Layout.Tokens) + j] = 1;
        long[] repeated = [.. Enumerable.Repeat(ids.Int64s.ToArray(), tokens).SelectMany(r => r)];
        return IntegrateAsync(text, new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [InteractionGraphs.Chosen] = HostTensor.Of(chosen, tokens, side.Layout.Tokens, 1),
            [EncoderNames.InputIds] = HostTensor.Of(repeated, tokens, side.Layout.Tokens),
        }, cancellationToken);
    }

    /// <summary>The same times J_g,i (x_i - r_i) of each token of the image, [T, N].</summary>
    private Task<float[]> ProductsAsync(IntegratedSide image, float[] directions, int tokens, CancellationToken cancellationToken) =>
        IntegrateAsync(image, new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [InteractionGraphs.Cotangents] = HostTensor.Of(directions, tokens, directions.Length / tokens),
        }, cancellationToken);

    private async Task<float[]> IntegrateAsync(IntegratedSide side, Dictionary<string, HostTensor> rows, CancellationToken cancellationToken)
    {
        double[]? sum = null;
        for (int step = 0; step < options.Steps; step++)
        {
            var feed = new Dictionary<string, HostTensor>(rows, StringComparer.Ordinal)
            {
                [InteractionGraphs.Reference] = side.Reference,
                [InteractionGraphs.Difference] = side.Difference,
                [InteractionGraphs.Alpha] = HostTensor.Of([(step + 0.5f) / options.Steps], 1, 1, 1),
            };
            HostTensor products = (await runner.RunInBatchesAsync(side.Upper, feed, TokensAtOnce, [.. rows.Keys], progress: null, cancellationToken))[InteractionGraphs.Products];
            sum ??= new double[products.Length];
            for (int i = 0; i < sum.Length; i++) sum[i] += products.Floats[i];
        }

        return Array.ConvertAll(sum!, v => (float)(v / options.Steps));
    }
}
