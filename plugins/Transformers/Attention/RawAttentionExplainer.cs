using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Attention;

/// <summary>
/// Raw attention: how much the class token attends to each patch, and the end-of-text token to each word, in one block. Says where
/// the encoder looks, whatever the text: the map is the same for all targets. Probabilities, not normalized again over the patches.
/// </summary>
/// <example><c>--explainer "raw-attention(block=-2, head=3)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class RawAttentionExplainer(RawAttentionOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "raw-attention";
    private static readonly DerivedGraphs<Key, Graph> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is EmbeddingTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id);
        int block = image.Block(options.Block, "block");
        TargetGraph target = image.Model.Resolve(request.Targets, Modality.Image, request.Image.Size);
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(Graph(target, image, block), target.Feed(request.Image.Pixels), cancellationToken);
        request.Progress?.Report(0.6);
        IReadOnlyList<(TokenAttribution Words, double Score)> texts = TextTargets.Wanted(request)
            ? await ExplainTextsAsync(image.Text(), request.Targets, run[target.Embedding], cancellationToken)
            : [];
        request.Progress?.Report(1);
        float[] patches = Row(run[ExplainedFork.Probabilities], 0, 0).AsSpan(image.Layout.PrefixTokens).ToArray();
        return [.. request.Targets.Select((t, k) => new Explanation
        {
            Target = t,
            Score = run[EncoderNames.Scores].Floats[k],
            ExplainedScore = run[ExplainedFork.Scores].Floats[k],
            ExplainedFunction = ExplainedFork.Describe(options.Heads, block),
            Image = PatchMap.Of(patches, image.Layout, signed: false, t),
            Text = texts.Count > 0 ? texts[k].Words : null,
            ExplainedTextScore = texts.Count > 0 ? texts[k].Score : null,
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["map"] = PatchMap.Raw(patches, image.Layout) },
        })];
    }

    private async Task<IReadOnlyList<(TokenAttribution Words, double Score)>> ExplainTextsAsync(
        EncoderSide side, IReadOnlyList<ExplanationTarget> targets, HostTensor imageEmbedding, CancellationToken cancellationToken)
    {
        TokenizedText[] texts = TextTargets.Of(targets);
        TargetGraph target = side.Model.Resolve(targets, Modality.Text, counterpart: imageEmbedding);
        IReadOnlyDictionary<string, HostTensor> run = await TextTargets.RunAsync(
            runner, Graph(target, side, side.Block(options.TextBlock, "text-block")), target, TextTargets.Ids(texts, side.Layout.Tokens), cancellationToken);
        return [.. texts.Select((t, k) => (WordImportances.Of(t, Row(run[ExplainedFork.Probabilities], k, t.Length - 1)), (double)run[ExplainedFork.Scores].Floats[k]))];
    }

    private Graph Graph(TargetGraph target, EncoderSide side, int block)
    {
        int heads = options.Heads == AttentionHeads.Single ? 1 : side.Layout.Heads;
        if (options.Head >= heads) throw new PellucidException($"{Id}: head={options.Head}, but the {side.Layout.Prefix} encoder attends in heads 0 to {heads - 1}");
        return Graphs.Get(target.Graph, new Key(side.Layout, block, options), _ =>
        {
            GraphBuilder g = ExplainedFork.Build(target, side, block, options.Heads).Edit();
            Value probabilities = g.Find(ExplainedFork.Probabilities);
            g.KeepScores(target);
            Value shown = options.Head is { } head ? g.Slice(probabilities, 1, head, head + 1) : probabilities;
            g.Output(ExplainedFork.Probabilities, g.ReduceMean(shown, [1], keepDimensions: false));
            return g.Build(keepTaps: false);
        });
    }

    /// <summary>What the selected token attends to, of [B, N, N] or, where only that token is computed, [B, 1, N].</summary>
    private static float[] Row(HostTensor attention, int sample, int selected)
    {
        int rows = (int)attention.Shape[1], size = (int)attention.Shape[2];
        return attention.Floats.Slice(((sample * rows) + (rows == 1 ? 0 : selected)) * size, size).ToArray();
    }

    private sealed record Key(TransformerLayout Layout, int Block, RawAttentionOptions Options);
}
