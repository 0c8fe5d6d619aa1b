using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>
/// MaskCLIP (Zhou, Loy, Dai 2022, "Extract free dense labels from CLIP", section 3.2): in the last block each token keeps its own
/// value instead of attending to others; the map is the cosine of each patch's embedding with the text's. No gradient.
/// </summary>
/// <example><c>--explainer "mask-clip(smoothing=patches)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class MaskClipExplainer(MaskClipOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "mask-clip", Tokens = "mask_clip.tokens", Keys = "mask_clip.keys";
    private static readonly DerivedGraphs<(TransformerLayout Layout, bool Projected), Graph> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is MatchingScoreTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id);
        TargetGraph target = image.Model.Resolve(request.Targets, Modality.Image, request.Image.Size);
        Graph graph = Graphs.Get(target.Graph, (image.Layout, options.Smoothing == KeySmoothing.ClassToken), _ => Build(target, image.Layout, options.Smoothing == KeySmoothing.ClassToken));
        IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(graph, target.Feed(request.Image.Pixels), cancellationToken);
        request.Progress?.Report(1);
        float[][] tokens = PatchEmbeddings.Normalized(run[Tokens]);
        return [.. request.Targets.Cast<MatchingScoreTarget>().Select((t, k) => Explain(request.Model, t, k, image, tokens, run))];
    }

    private static Graph Build(TargetGraph target, TransformerLayout layout, bool projected)
    {
        GraphBuilder g = target.Graph.Edit();
        int last = layout.Blocks - 1;
        string output = layout.Tap(last, "output");
        var values = new Dictionary<string, Value>(StringComparer.Ordinal) { [g.Find(layout.Tap(last, "attn.output")).Name] = g.Find(layout.Tap(last, "attn.value")) };
        Value tokens = PatchEmbeddings.Append(g, target, layout, g.Fork(values, [output])[output]);
        Value keys = g.Find(layout.Tap(last, "attn.key"));
        if (projected) keys = g.Affine(keys, g.Find(layout.Tap(last, "attn.out_proj.weight")), g.Find(layout.Tap(last, "attn.out_proj.bias")));
        g.KeepScores(target);
        g.Output(Tokens, tokens);
        g.Output(Keys, keys);
        return g.Build(keepTaps: false);
    }

    private Explanation Explain(
        IVisionLanguageModel model, MatchingScoreTarget target, int index, EncoderSide image, float[][] tokens, IReadOnlyDictionary<string, HostTensor> run)
    {
        float[] text = PatchEmbeddings.Normalized(target.Text.Embedding.Floats);
        float[] patches = [.. tokens.Skip(image.Layout.PrefixTokens).Select(f => TensorPrimitives.Dot<float>(f, text))];
        if (options.Smoothing != KeySmoothing.None) patches = Smoothed(patches, PatchEmbeddings.Normalized(run[Keys].Reshape(image.Layout.Tokens, -1)), image.Layout.PrefixTokens);
        return new Explanation
        {
            Target = target,
            Score = run[EncoderNames.Scores].Floats[index],
            ExplainedScore = model.Fusion.Score(run[Tokens].Rows(0, 1).Floats, target.Text.Embedding.Floats, target.Score),
            ExplainedFunction = $"each token by itself in image block {image.Layout.Blocks - 1}: its value instead of its attention",
            Image = PatchMap.Of(patches, image.Layout, signed: true, target),
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["map"] = PatchMap.Raw(patches, image.Layout) },
        };
    }

    private float[] Smoothed(float[] patches, float[][] keys, int prefix)
    {
        if (options.Smoothing == KeySmoothing.ClassToken) return [.. patches.Select((s, i) => s * TensorPrimitives.Dot<float>(keys[0], keys[prefix + i]))];
        float[] smoothed = new float[patches.Length];
        for (int i = 0; i < patches.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < patches.Length; j++) sum += (double)TensorPrimitives.Dot<float>(keys[prefix + i], keys[prefix + j]) * patches[j];
            smoothed[i] = (float)sum;
        }

        return smoothed;
    }
}
