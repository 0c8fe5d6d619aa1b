using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>What methods share that send the target back through the encoder with another rule for ReLU; all else is the ordinary gradient.</summary>
public abstract class RuleGradientExplainer : IExplainer
{
    /// <summary>Targets in a run, each a row of the backward pass.</summary>
    private const int TargetsAtOnce = 8;

    private const string Relu = "Relu";

    /// <summary>Of all explainers: one is made for each request, a model lives long.</summary>
    private static readonly DerivedGraphs<Type, Graph> Graphs = new();

    private readonly IGraphRunner _runner;

    /// <summary>Makes one.</summary>
    /// <param name="runner">Runs graphs.</param>
    protected RuleGradientExplainer(IGraphRunner runner) => _runner = runner;

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no editable graph, which this method needs; use saliency, or a method that only evaluates the model");
        HostTensor pixels = request.Image.Pixels;
        int size = pixels.Length;
        List<Explanation> explanations = [];
        foreach (ExplanationTarget[] targets in request.Targets.Chunk(TargetsAtOnce))
        {
            TargetGraph target = model.Resolve(targets, Modality.Image, request.Image.Size);
            Graph graph = Graphs.Get(target.Graph, GetType(), _ => Differentiate(model, target));
            IReadOnlyDictionary<string, HostTensor> run = await _runner.RunAsync(graph, target.Feed(pixels), cancellationToken);
            HostTensor scores = run[EncoderNames.Scores], gradients = run[GraphDifferentiation.GradientOf(target.Input)];
            explanations.AddRange(targets.Select((t, k) => Attribution.Signed(
                pixels, t, scores.Floats[k], gradients.Floats.Slice(k * size, size).ToArray(), "no signal reaches the pixels: every path is cut at a ReLU")));
            request.Progress?.Report((double)explanations.Count / request.Targets.Count);
        }

        return explanations;
    }

    /// <summary>What a ReLU hands on of the signal that comes back to it.</summary>
    protected abstract Value Pass(GradientScope relu);

    private Graph Differentiate(IGraphModel model, TargetGraph target)
    {
        if (!target.Graph.Nodes.Any(n => string.Equals(n.QualifiedOp, Relu, StringComparison.Ordinal)))
            throw new PellucidException($"the image encoder of model '{model.Description.Id}' has no ReLU, so this method would be the plain gradient; use saliency(abs=false)");
        GraphBuilder g = target.Graph.Edit();
        GradientRules rules = GradientRules.Standard.With(Relu, scope => scope.AddExact(0, Pass(scope)));
        Value gradient = g.VectorJacobianProduct(g.Find(target.Embedding), g.Find(EncoderNames.Cotangents), [target.Input], rules)[target.Input];
        Value scores = g.Find(EncoderNames.Scores);
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(GraphDifferentiation.GradientOf(target.Input), gradient);
        return g.Build(keepTaps: false);
    }
}
