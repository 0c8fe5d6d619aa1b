using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Transformers.Attention;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Gradients;

/// <summary>
/// GAME (Chefer, Gur, Wolf 2021, "Generic attention-model explainability for interpreting bi-modal and encoder-decoder transformers"):
/// in each block C = mean over heads of ReLU(dS/dA * A) (eq. 5), R becomes R + C R from R = I (eq. 6); the row of the class token
/// over the patches, and the row of the end-of-text token over the words. One backward run gives dS/dA of all blocks.
/// </summary>
/// <example><c>--explainer "game(start=-1)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class GameExplainer(GameOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "game";
    private static readonly DerivedGraphs<Key, InnerGradients> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is EmbeddingTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id);
        int start = image.Block(options.Start, "start");
        ExplanationTarget[] differentiated = [.. request.Targets.Select(Differentiated)];
        TargetGraph target = image.Model.Resolve(differentiated, Modality.Image, request.Image.Size);
        IReadOnlyDictionary<string, HostTensor> run = await Gradients(target, image, start).RunImageAsync(
            runner, target, request.Image.Pixels, request.Targets.Count, cancellationToken);
        request.Progress?.Report(0.7);
        TokenAttribution[] texts = TextTargets.Wanted(request)
            ? await ExplainTextsAsync(image.Text(), differentiated, run[target.Embedding], cancellationToken)
            : [];
        request.Progress?.Report(1);
        HostTensor[] blocks = Blocks(run, image.Layout, start);
        return [.. request.Targets.Select((t, k) =>
        {
            float[] patches = AttentionFlow.Relevance(blocks, k, 0).AsSpan(image.Layout.PrefixTokens).ToArray();
            double score = Served(t, differentiated[k], run[EncoderNames.Scores].Floats[k], request.Model.Description.LogitScale);
            return new Explanation
            {
                Target = t,
                Score = score,
                ExplainedScore = score,
                ExplainedFunction = "the served model",
                Image = PatchMap.Of(patches, image.Layout, signed: false, t),
                Text = texts.Length > 0 ? texts[k] : null,
                Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["map"] = PatchMap.Raw(patches, image.Layout) },
            };
        })];
    }

    private async Task<TokenAttribution[]> ExplainTextsAsync(
        EncoderSide side, ExplanationTarget[] targets, HostTensor imageEmbedding, CancellationToken cancellationToken)
    {
        TokenizedText[] texts = TextTargets.Of(targets);
        int start = side.Block(options.TextStart, "text-start");
        TargetGraph target = side.Model.Resolve(targets, Modality.Text, counterpart: imageEmbedding);
        IReadOnlyDictionary<string, HostTensor> run = await Gradients(target, side, start).RunTextsAsync(
            runner, target, TextTargets.Ids(texts, side.Layout.Tokens), cancellationToken);
        HostTensor[] blocks = Blocks(run, side.Layout, start);
        return [.. texts.Select((t, k) => WordImportances.Of(t, AttentionFlow.Relevance(blocks, k, t.Length - 1)))];
    }

    private static InnerGradients Gradients(TargetGraph target, EncoderSide side, int start) =>
        Graphs.Get(target.Graph, new Key(side.Layout, start), _ => new InnerGradients(
            ExplainedFork.Build(target, side, side.Layout.Blocks - 1, AttentionHeads.Native), target,
            (g, embedding, cotangents) => Emit(g, embedding, cotangents, side.Layout, start)));

    private static void Emit(GraphBuilder g, Value embedding, Value cotangents, TransformerLayout layout, int start)
    {
        string[] taps = [.. Enumerable.Range(start, layout.Blocks - start).Select(b => layout.Tap(b, "attn.probabilities"))];
        IReadOnlyDictionary<string, Value> gradients = g.VectorJacobianProduct(embedding, cotangents, taps);
        foreach (string tap in taps) g.Output(tap, g.ReduceMean(g.Relu(g.Mul(gradients[tap], g.Find(tap))), [1], keepDimensions: false));
    }

    private static HostTensor[] Blocks(IReadOnlyDictionary<string, HostTensor> run, TransformerLayout layout, int start) =>
        [.. Enumerable.Range(start, layout.Blocks - start).Select(b => run[layout.Tap(b, "attn.probabilities")])];

    private ExplanationTarget Differentiated(ExplanationTarget target) =>
        options.Logit && target is MatchingScoreTarget { Score: ScoreKind.Cosine } cosine ? cosine with { Score = ScoreKind.Logit } : target;

    private static double Served(ExplanationTarget asked, ExplanationTarget differentiated, double value, double logitScale) =>
        ReferenceEquals(asked, differentiated) ? value : value / logitScale;

    private sealed record Key(TransformerLayout Layout, int Start);
}
