using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>
/// CLIP Surgery (Li et al. 2023, "CLIP Surgery for better explainability with enhancement in open-vocabulary tasks"). Architecture
/// surgery: beside the served blocks, the patches take a second path that adds value-value attention alone (eq. 3 to 5). Feature
/// surgery: of the products of patch and text embedding, what is redundant is taken away (eq. 6 to 8). No gradient.
/// </summary>
/// <remarks>
/// Draws that can be replayed: <c>prompt-ids</c> (token ids of the prompts of each text, int64 [K, P, L], instead of templates) and
/// <c>empty-text</c> (embedding of the empty text, [1, E]).
/// </remarks>
/// <example><c>--explainer "clip-surgery(redundant=texts)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class ClipSurgeryExplainer(ClipSurgeryOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "clip-surgery", Tokens = "clip_surgery.tokens", PromptIds = "prompt-ids", EmptyText = "empty-text";
    private static readonly DerivedGraphs<(TransformerLayout Layout, int Blocks), Graph> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is MatchingScoreTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id);
        int blocks = options.Blocks ?? image.Layout.Blocks / 2;
        if (blocks > image.Layout.Blocks) throw new PellucidException($"{Id}: blocks={blocks}, but the image encoder has {image.Layout.Blocks}");
        TargetGraph target = image.Model.Resolve(request.Targets, Modality.Image, request.Image.Size);
        Graph graph = Graphs.Get(target.Graph, (image.Layout, blocks), _ => Build(target, image.Layout, blocks));
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(graph, target.Feed(request.Image.Pixels), cancellationToken);
        request.Progress?.Report(0.6);
        MatchingScoreTarget[] targets = [.. request.Targets.Cast<MatchingScoreTarget>()];
        float[][] texts = request.Draws?.GetValueOrDefault(PromptIds) is { } prompts
            ? await TextEnsemble.ReplayAsync(request.Model, prompts, targets.Length, cancellationToken)
            : await TextEnsemble.EmbedAsync(request.Model, targets, options.Templates, cancellationToken);
        float[][] tokens = options.Normalization == TokenNormalization.Token ? PatchEmbeddings.Normalized(run[Tokens]) : SurgeryFeatures.ByChannel(run[Tokens]);
        float[][] similarities = options.Redundant switch
        {
            RedundantFeatures.Texts => SurgeryFeatures.AgainstTexts(tokens, texts),
            RedundantFeatures.EmptyText => SurgeryFeatures.AgainstOne(tokens, texts, await EmptyAsync(request, cancellationToken)),
            _ => SurgeryFeatures.Plain(tokens, texts),
        };
        request.Progress?.Report(1);
        return [.. targets.Select((t, k) => Explain(request.Model, t, k, blocks, image, texts[k], similarities[k], run))];
    }

    private Explanation Explain(
        IVisionLanguageModel model, MatchingScoreTarget target, int index, int blocks, EncoderSide image, float[] text, float[] similarities, IReadOnlyDictionary<string, HostTensor> run)
    {
        ReadOnlySpan<float> patches = similarities.AsSpan(image.Layout.PrefixTokens);
        ImageAttribution map = PatchMap.Of(patches, image.Layout, signed: true, target);
        bool alone = map.Undefined is not null && options.Redundant == RedundantFeatures.Texts && run[EncoderNames.Scores].Length == 1;
        return new Explanation
        {
            Target = target,
            Score = run[EncoderNames.Scores].Floats[index],
            ExplainedScore = model.Fusion.Score(run[Tokens].Rows(0, 1).Floats, text, target.Score),
            ExplainedFunction = $"patches with value-value attention in the last {blocks} image blocks; the class token as served",
            Image = alone ? map with { Undefined = "one text alone has nothing in common with others: ask for two or more, or give redundant=empty-text" } : map,
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal)
            {
                ["similarities"] = HostTensor.Of(similarities, similarities.Length),
                ["text-embedding"] = HostTensor.Of(text, text.Length),
                ["map"] = PatchMap.Raw(patches, image.Layout),
            },
        };
    }

    private static async Task<float[]> EmptyAsync(ExplanationRequest request, CancellationToken cancellationToken)
    {
        if (request.Draws?.GetValueOrDefault(EmptyText) is { } stored)
        {
            return stored.Length == request.Model.Description.EmbeddingDimension
                ? PatchEmbeddings.Normalized(stored.Floats)
                : throw new PellucidException($"{Id} replays the embedding of the empty text as [1, {request.Model.Description.EmbeddingDimension}], not {stored}");
        }

        return PatchEmbeddings.Normalized((await request.Model.PrepareTextsAsync([string.Empty], cancellationToken))[0].Embedding.Floats);
    }

    /// <summary>The second path: from the input of the first operated block, each block adds its output projection of softmax(v v^T / sqrt(d)) v.</summary>
    private static Graph Build(TargetGraph target, TransformerLayout layout, int blocks)
    {
        GraphBuilder g = target.Graph.Edit();
        Value served = g.Find(layout.Tap(layout.Blocks - 1, "output")), tokens = served;
        if (blocks > 0)
        {
            Value path = g.Find(layout.Tap(layout.Blocks - blocks, "input"));
            for (int b = layout.Blocks - blocks; b < layout.Blocks; b++)
            {
                Value value = g.Find(layout.Tap(b, "attn.value"));
                Value mixed = g.ScaledDotProduct(value, value, value, layout.Heads).Output;
                path = g.Add(path, g.Affine(mixed, g.Find(layout.Tap(b, "attn.out_proj.weight")), g.Find(layout.Tap(b, "attn.out_proj.bias"))));
            }

            tokens = g.Concat(1, g.Slice(served, 1, 0, layout.PrefixTokens), g.Slice(path, 1, layout.PrefixTokens, layout.Tokens));
        }

        Value embeddings = PatchEmbeddings.Append(g, target, layout, tokens);
        g.KeepScores(target);
        g.Output(Tokens, embeddings);
        return g.Build(keepTaps: false);
    }
}
