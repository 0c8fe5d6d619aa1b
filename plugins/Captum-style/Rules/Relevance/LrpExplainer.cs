using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>
/// Layer-wise relevance propagation (Bach et al. 2015, "On pixel-wise explanations for non-linear classifier decisions by layer-wise relevance
/// propagation"): the value of the target is shared out, layer by layer, over what contributed to it. The map is the signed sum over the channels.
/// </summary>
/// <remarks>
/// Relevance starts as the target's value, whatever the target: at the embedding (or tap), element times weight. Every explanation
/// carries <c>relevance_delta</c>, the value minus the sum of the map: what biases, constants and stabilizers kept.
/// </remarks>
/// <example><c>--explainer "lrp(epsilon=0.01)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class LrpExplainer(LrpOptions options, IGraphRunner runner) : ILinearExplainer
{
    /// <summary>Name among the details: value of the target minus the sum of its relevance, [1].</summary>
    public const string Delta = "relevance_delta";

    /// <summary>Targets in a run, each a row of the backward pass.</summary>
    private const int TargetsAtOnce = 8;

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool IsLinearInTarget => options.Start == RelevanceStart.Embedding;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no editable graph, which lrp needs; use a method that only evaluates the model");
        HostTensor pixels = request.Image.Pixels;
        int size = pixels.Length;
        List<Explanation> explanations = [];
        foreach (ExplanationTarget[] targets in request.Targets.Chunk(TargetsAtOnce))
        {
            TargetGraph target = model.Resolve(targets, Modality.Image, request.Image.Size);
            Graph graph = RelevanceGraphs.Of(model, target, targets[0], options);
            IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(graph, target.Feed(pixels), cancellationToken);
            HostTensor scores = run[EncoderNames.Scores], relevance = run[RelevanceGraphs.Relevance];
            explanations.AddRange(targets.Select((t, k) => Explain(pixels, t, scores.Floats[k], relevance.Floats.Slice(k * size, size).ToArray())));
            request.Progress?.Report((double)explanations.Count / request.Targets.Count);
        }

        return explanations;
    }

    private static Explanation Explain(HostTensor pixels, ExplanationTarget target, float score, float[] relevance)
    {
        double sum = 0;
        foreach (float r in relevance) sum += r;
        return Attribution.Signed(
            pixels, target, score, relevance, "no relevance reaches the pixels: biases and stabilizers keep all of it",
            new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Delta] = HostTensor.Of([(float)(score - sum)], 1) });
    }
}
