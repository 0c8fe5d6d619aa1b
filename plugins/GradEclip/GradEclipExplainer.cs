using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.GradEclip;

/// <summary>
/// Grad-ECLIP (Zhao et al. 2024, "Gradient-based visual explanation for transformer-based CLIP"): for the attention output o of the
/// class token, s_i = w_i sum_c (d score / d o_c) v_ic; the map is the sum over the explained blocks of ReLU(s) (eq. 5 to 8). The same
/// on the text encoder, at the end-of-text token, gives word importances: ReLU of the sum, over the content tokens, summing to 1.
/// </summary>
/// <remarks>
/// The paper explains the model with single-head attention in those blocks; <see cref="Explanation.Drift"/> says how far its score
/// is from the served one. All texts share one forward run of the image.
/// </remarks>
/// <example><c>--explainer "grad-eclip(layers=4, similarity=cosine)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class GradEclipExplainer(GradEclipOptions options, IGraphRunner runner) : IExplainer
{
    /// <summary>Of all explainers: one is made for each request, a model lives long.</summary>
    private static readonly DerivedGraphs<Key, Graph> Graphs = new();

    private const string NothingPositive = "no patch speaks for this target: every score is zero or negative";
    private const string AllAlike = "all tokens are equally similar to the selected one, so the min-max of the spatial weight w_i is undefined";

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is EmbeddingTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no editable graph, which grad-eclip needs; use a method that only evaluates the model");
        TransformerLayout layout = model.Layout(Modality.Image, request.Image.Size) ?? throw NoTransformer(model, Modality.Image);
        int[] numbers = Blocks(options.Blocks, options.Layers, layout, "blocks", "layers");
        TargetGraph target = model.Resolve(request.Targets, Modality.Image, request.Image.Size);
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(
            Graph(target, layout, numbers), target.Feed(request.Image.Pixels), cancellationToken);
        request.Progress?.Report(0.7);

        IReadOnlyList<TextSide> texts = request.ExplainText && request.Targets[0] is MatchingScoreTarget
            ? await ExplainTextsAsync(model, request.Targets, run[target.Embedding], cancellationToken)
            : [];
        request.Progress?.Report(1);
        BlockTensors[] blocks = [.. numbers.Select(b => Read(run, b))];
        return [.. request.Targets.Select((t, k) => ExplainImage(t, k, layout, run, blocks, numbers) with
        {
            Text = texts.Count > 0 ? texts[k].Attribution : null,
            ExplainedTextScore = texts.Count > 0 ? texts[k].ExplainedScore : null,
        })];
    }

    private Graph Graph(TargetGraph target, TransformerLayout layout, int[] blocks)
    {
        if (options.Head >= layout.Heads) throw new PellucidException($"grad-eclip: head={options.Head}, but the {layout.Prefix} encoder attends in heads 0 to {layout.Heads - 1}");
        return Graphs.Get(
            target.Graph, new Key(layout, string.Join(' ', blocks), options.Function, options.Projected), _ => ExplainedEncoder.Build(target, layout, blocks, options));
    }

    /// <summary>Word importances, all texts in one run.</summary>
    private async Task<IReadOnlyList<TextSide>> ExplainTextsAsync(
        IGraphModel model, IReadOnlyList<ExplanationTarget> targets, HostTensor imageEmbedding, CancellationToken cancellationToken)
    {
        TransformerLayout layout = model.Layout(Modality.Text) ?? throw NoTransformer(model, Modality.Text);
        int[] numbers = Blocks(
            options.TextBlocks, options.TextLayers == 0 ? Math.Max(1, (layout.Blocks * 2) / 3) : options.TextLayers, layout, "text-blocks", "text-layers");
        TokenizedText[] texts = [.. targets.Select(t => ((MatchingScoreTarget)t).Text.Tokens)];
        HostTensor ids = HostTensor.Of([.. texts.SelectMany(t => t.Ids)], texts.Length, layout.Tokens);
        TargetGraph target = model.Resolve(targets, Modality.Text, counterpart: imageEmbedding);
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(
            Graph(target, layout, numbers), target.Feed(ids), cancellationToken);
        BlockTensors[] blocks = [.. numbers.Select(b => Read(run, b))];
        HostTensor scores = run[ExplainedEncoder.ExplainedScores];
        return [.. texts.Select((t, k) => new TextSide(ExplainText(t, k, layout, blocks), scores.Floats[k]))];
    }

    private Explanation ExplainImage(
        ExplanationTarget target, int index, TransformerLayout layout, IReadOnlyDictionary<string, HostTensor> run, BlockTensors[] blocks, int[] numbers)
    {
        int count = layout.Tokens - layout.PrefixTokens;
        float[] map = new float[count], signed = new float[blocks.Length * count];
        for (int b = 0; b < blocks.Length; b++)
        {
            Span<float> scores = signed.AsSpan(b * count, count);
            Score(blocks[b], index, sample: 0, layout, layout.PrefixTokens, visible: layout.Tokens, scores);
            for (int i = 0; i < count; i++) map[i] += Math.Max(scores[i], 0);
        }

        bool alike = AreAllAlike(blocks, signed);
        if (alike) Array.Clear(map);
        RequireFinite(map, target);
        return new Explanation
        {
            Target = target,
            Score = run[EncoderNames.Scores].Floats[index],
            ExplainedScore = run[ExplainedEncoder.ExplainedScores].Floats[index],
            ExplainedFunction = options.Function == ExplainedFunction.Native ? "the served model"
                : numbers[0] == layout.Blocks - numbers.Length ? $"single-head attention in the last {blocks.Length} image block{(blocks.Length == 1 ? string.Empty : "s")}"
                : $"single-head attention in image block{(blocks.Length == 1 ? string.Empty : "s")} {string.Join(", ", numbers)}",
            Image = new ImageAttribution
            {
                Map = HostTensor.Of(map, layout.GridHeight, layout.GridWidth),
                Signed = false,
                Undefined = alike ? AllAlike : map.AsSpan().ContainsAnyExcept(0f) ? null : NothingPositive,
            },
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["signed"] = HostTensor.Of(signed, blocks.Length, count) },
        };
    }

    private TokenAttribution ExplainText(TokenizedText text, int index, TransformerLayout layout, BlockTensors[] blocks)
    {
        float[] signed = new float[layout.Tokens], scores = new float[layout.Tokens];
        foreach (BlockTensors block in blocks)
        {
            Score(block, index, index, layout, first: 0, visible: text.Length, scores);
            TensorPrimitives.Add(signed, scores, signed);
        }

        float[] importances = signed.AsSpan(1, Math.Max(0, text.Length - 2)).ToArray();
        for (int i = 0; i < importances.Length; i++) importances[i] = Math.Max(importances[i], 0);
        bool alike = AreAllAlike(blocks, signed);
        if (alike) Array.Clear(importances);
        float sum = TensorPrimitives.Sum<float>(importances);
        if (!float.IsFinite(sum)) throw new PellucidException($"the word importances of \"{text.Text}\" are not finite: the model's weights are unusable");
        if (sum > 0) TensorPrimitives.Divide(importances, sum, importances);
        return new TokenAttribution
        {
            Tokens = text,
            Importances = importances,
            Signed = signed,
            Undefined = alike ? AllAlike : sum > 0 ? null : "no word speaks for this match: every score is zero or negative",
        };
    }

    /// <summary>Whether scores are NaN because of w_i alone: gradients and values are finite.</summary>
    private bool AreAllAlike(BlockTensors[] blocks, ReadOnlySpan<float> signed) =>
        options.Weight == SpatialWeight.Similarity && TensorPrimitives.IsNaNAny(signed)
        && Array.TrueForAll(blocks, b => TensorPrimitives.IsFiniteAll<float>(b.Gradient.Floats) && TensorPrimitives.IsFiniteAll<float>(b.Values.Floats)
            && TensorPrimitives.IsFiniteAll<float>(b.Similar.Query.Floats) && TensorPrimitives.IsFiniteAll<float>(b.Similar.Keys.Floats));

    private void Score(BlockTensors block, int gradient, int sample, TransformerLayout layout, int first, int visible, Span<float> scores)
    {
        int width = layout.Width, area = layout.Tokens * width, count = scores.Length;
        ReadOnlySpan<float> Row(HostTensor rows, int index) => Channels(rows.Floats.Slice(index * width, width), layout);
        ReadOnlySpan<float> Tokens(HostTensor tokens) => Channels(tokens.Floats.Slice(sample * area, area), layout);
        float[] weights = options.Weight switch
        {
            SpatialWeight.Similarity => GradEclipEquations.SimilarityWeights(
                Row(block.Similar.Query, sample), Tokens(block.Similar.Keys), first, count, options.Similarity),
            SpatialWeight.Softmax => GradEclipEquations.AttentionWeights(
                Row(block.Query, sample), Tokens(block.Keys), options.Function == ExplainedFunction.Native && options.Head is null ? layout.Heads : 1, first, count, visible),
            _ => Ones(count),
        };
        GradEclipEquations.Scores(Row(block.Gradient, gradient), Tokens(block.Values), weights, first, scores);
    }

    /// <summary>The channels of the head that is explained, of rows [N, D]; all where none is named.</summary>
    private ReadOnlySpan<float> Channels(ReadOnlySpan<float> rows, TransformerLayout layout)
    {
        if (options.Head is not { } head) return rows;
        int width = layout.Width / layout.Heads;
        float[] channels = new float[rows.Length / layout.Heads];
        for (int i = 0; i * width < channels.Length; i++) rows.Slice((i * layout.Width) + (head * width), width).CopyTo(channels.AsSpan(i * width));
        return channels;
    }

    private BlockTensors Read(IReadOnlyDictionary<string, HostTensor> run, int block)
    {
        HostTensor Get(string what) => run[ExplainedEncoder.Output(block, what)];
        (HostTensor, HostTensor) similar = options.Projected ? (Get("projected_query"), Get("projected_key")) : (Get("query"), Get("key"));
        return new BlockTensors(Get("gradient"), Get("query"), Get("key"), Get("value"), similar);
    }

    /// <summary>The blocks that are explained, early to late: those named, or the last ones.</summary>
    private static int[] Blocks(IReadOnlyList<int> named, int last, TransformerLayout layout, string option, string lastOption)
    {
        int count = layout.Blocks;
        if (named.Count == 0)
        {
            return last <= count
                ? [.. Enumerable.Range(count - last, last)]
                : throw new PellucidException($"grad-eclip: {lastOption}={last}, but the {layout.Prefix} encoder has {count} blocks");
        }

        foreach (int block in named)
        {
            if (block < -count || block >= count)
                throw new PellucidException($"grad-eclip: {option} names {block}, but the {layout.Prefix} encoder has blocks 0 to {count - 1} (-1 is the last)");
        }

        return [.. named.Select(b => b < 0 ? count + b : b).Distinct().Order()];
    }

    private static PellucidException NoTransformer(IGraphModel model, Modality modality) => new(
        $"grad-eclip needs a transformer, and the {modality.ToString().ToLowerInvariant()} encoder of '{model.Description.Id}' ({model.Description.Family}) is none; use a gradient method such as saliency");

    private static void RequireFinite(ReadOnlySpan<float> map, ExplanationTarget target)
    {
        if (!TensorPrimitives.IsFiniteAll(map)) throw new PellucidException($"the map of {target.Describe()} is not finite: the model's weights or the image are unusable");
    }

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }

    private sealed record Key(TransformerLayout Layout, string Blocks, ExplainedFunction Function, bool Projected);

    private sealed record TextSide(TokenAttribution Attribution, double ExplainedScore);
}
