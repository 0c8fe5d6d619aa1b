using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Gradients;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017, eq. 1 and 2) on tokens, as Grad-ECLIP (Zhao et al. 2024) compares with it: with x the tokens
/// that enter a block, a_c = mean over all tokens of d score / d x_c, and the map is ReLU(sum_c a_c x_ic) over the patches.
/// </summary>
/// <example><c>--explainer "token-grad-cam(block=-2)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class TokenGradCamExplainer(TokenGradCamOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "token-grad-cam", Output = "token_scores";
    private static readonly DerivedGraphs<Key, InnerGradients> Graphs = new();

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
        InnerGradients gradients = Graphs.Get(target.Graph, new Key(image.Layout, block, options.Heads), _ =>
            new InnerGradients(ExplainedFork.Build(target, image, block, options.Heads), target, (g, embedding, cotangents) => Emit(g, embedding, cotangents, image.Layout.Tap(block, "input"))));
        IReadOnlyDictionary<string, HostTensor> run = await gradients.RunImageAsync(runner, target, request.Image.Pixels, request.Targets.Count, cancellationToken);
        request.Progress?.Report(1);
        return [.. request.Targets.Select((t, k) => Explain(t, k, block, image, run))];
    }

    private static void Emit(GraphBuilder g, Value embedding, Value cotangents, string tokens)
    {
        Value gradient = g.VectorJacobianProduct(embedding, cotangents, [tokens])[tokens];
        g.Output(Output, g.ReduceSum(g.Mul(g.Find(tokens), g.ReduceMean(gradient, [1])), [-1], keepDimensions: false));
    }

    private Explanation Explain(ExplanationTarget target, int index, int block, EncoderSide image, IReadOnlyDictionary<string, HostTensor> run)
    {
        float[] signed = run[Output].Floats.Slice((index * image.Layout.Tokens) + image.Layout.PrefixTokens, image.Patches).ToArray();
        float[] positive = PatchMap.Positive(signed);
        return new Explanation
        {
            Target = target,
            Score = run[EncoderNames.Scores].Floats[index],
            ExplainedScore = run[ExplainedFork.Scores].Floats[index],
            ExplainedFunction = ExplainedFork.Describe(options.Heads, block),
            Image = PatchMap.Of(positive, image.Layout, signed: false, target),
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal)
            {
                ["signed"] = HostTensor.Of(signed, signed.Length),
                ["map"] = PatchMap.Raw(positive, image.Layout),
            },
        };
    }

    private sealed record Key(TransformerLayout Layout, int Block, AttentionHeads Heads);
}
