using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Attention;

/// <summary>
/// Attention rollout (Abnar, Zuidema 2020, "Quantifying attention flow in transformers", section 3): the mean attention of the heads
/// plus the identity for the skip connection, rows divided by their sum, multiplied over the blocks; the row of the class token,
/// or of the end-of-text token. Says where information flows, whatever the text: the map is the same for all targets.
/// </summary>
/// <example><c>--explainer "attention-rollout(start=6)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class AttentionRolloutExplainer(AttentionRolloutOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "attention-rollout";
    private static readonly DerivedGraphs<Key, Graph> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is EmbeddingTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id);
        int start = image.Block(options.Start, "start");
        TargetGraph target = image.Model.Resolve(request.Targets, Modality.Image, request.Image.Size);
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(Graph(target, image, start), target.Feed(request.Image.Pixels), cancellationToken);
        request.Progress?.Report(0.6);
        TokenAttribution[] texts = TextTargets.Wanted(request)
            ? await ExplainTextsAsync(image.Text(), request.Targets, run[target.Embedding], cancellationToken)
            : [];
        request.Progress?.Report(1);
        float[] patches = AttentionFlow.Rollout(Blocks(run, image.Layout, start), 0, 0).AsSpan(image.Layout.PrefixTokens).ToArray();
        return [.. request.Targets.Select((t, k) => new Explanation
        {
            Target = t,
            Score = run[EncoderNames.Scores].Floats[k],
            ExplainedScore = run[EncoderNames.Scores].Floats[k],
            ExplainedFunction = "the served model",
            Image = PatchMap.Of(patches, image.Layout, signed: false, t),
            Text = texts.Length > 0 ? texts[k] : null,
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["map"] = PatchMap.Raw(patches, image.Layout) },
        })];
    }

    private async Task<TokenAttribution[]> ExplainTextsAsync(
        EncoderSide side, IReadOnlyList<ExplanationTarget> targets, HostTensor imageEmbedding, CancellationToken cancellationToken)
    {
        TokenizedText[] texts = TextTargets.Of(targets);
        int start = side.Block(options.TextStart, "text-start");
        TargetGraph target = side.Model.Resolve(targets, Modality.Text, counterpart: imageEmbedding);
        IReadOnlyDictionary<string, HostTensor> run = await TextTargets.RunAsync(
            runner, Graph(target, side, start), target, TextTargets.Ids(texts, side.Layout.Tokens), cancellationToken);
        HostTensor[] blocks = Blocks(run, side.Layout, start);
        return [.. texts.Select((t, k) => WordImportances.Of(t, AttentionFlow.Rollout(blocks, k, t.Length - 1)))];
    }

    private static Graph Graph(TargetGraph target, EncoderSide side, int start) =>
        Graphs.Get(target.Graph, new Key(side.Layout, start), _ =>
        {
            GraphBuilder g = target.Graph.HoistTokenSelection().Edit();
            g.KeepScores(target);
            for (int b = start; b < side.Layout.Blocks; b++) g.Output(Output(b), g.ReduceMean(g.Find(side.Layout.Tap(b, "attn.probabilities")), [1], keepDimensions: false));
            return g.Build(keepTaps: false);
        });

    private static HostTensor[] Blocks(IReadOnlyDictionary<string, HostTensor> run, TransformerLayout layout, int start) =>
        [.. Enumerable.Range(start, layout.Blocks - start).Select(b => run[Output(b)])];

    private static string Output(int block) => $"attention.{block}";

    private sealed record Key(TransformerLayout Layout, int Start);
}
