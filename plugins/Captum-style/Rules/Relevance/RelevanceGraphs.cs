using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>The graphs that propagate relevance, each made once a model, size, kind of target and choice of rules.</summary>
internal static class RelevanceGraphs
{
    /// <summary>Output with the relevance of the pixels of K targets, [K, C, H, W].</summary>
    public const string Relevance = "relevance";

    private static readonly DerivedGraphs<(LrpOptions Options, bool Curved, bool Layer), Graph> Graphs = new();

    /// <summary>Scores and relevance of all targets, from one forward.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">The targets' graph.</param>
    /// <param name="first">One of the targets, which are of one kind.</param>
    /// <param name="options">The rules.</param>
    public static Graph Of(IGraphModel model, TargetGraph target, ExplanationTarget first, LrpOptions options)
    {
        bool curved = first is EmbeddingTarget function && function.Linear(model.Fusion, model.Description.EmbeddingDimension) is null;
        bool layer = options.Start == RelevanceStart.Score && first is EmbeddingTarget and not EmbeddingDimensionTarget;
        return Graphs.Get(target.Graph, (options, curved, layer), source => Make(source, target, curved, layer, options));
    }

    private static Graph Make(Graph source, TargetGraph target, bool curved, bool layer, LrpOptions options)
    {
        Graph network = options.BatchNorm == BatchNormalizationRule.Merged ? source.FoldBatchNormalization() : source;
        GraphBuilder g = network.Edit();
        Value scores = g.Find(EncoderNames.Scores), embedding = g.Find(target.Embedding), pixels = g.Find(target.Input);
        Value start = g.Find(EncoderNames.Cotangents), column = g.Reshape(scores, -1, 1);
        if (curved) start = WithNormHeld(g, start, embedding, column);
        if (layer) start = g.Mul(start, g.Share(column, options.Epsilon));
        Value factor = g.VectorJacobianProduct(embedding, start, [target.Input], RelevanceRules.Of(options, network))[target.Input];
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(Relevance, g.Mul(pixels, factor));
        return g.Build(keepTaps: false);
    }

    /// <summary>
    /// The factor of the embedding e, [K, E], such that its relevance sums to the score s where that is not linear: the part that the
    /// gradient d lacks goes along e, d + (s - e . d) e / |e|^2. For a cosine that is t / |e|, the gradient with the norm held constant, as
    /// layer normalization is treated (Ali et al. 2022, section 4).
    /// </summary>
    private static Value WithNormHeld(GraphBuilder g, Value gradient, Value embedding, Value scores)
    {
        Value lacking = g.Sub(scores, g.ReduceSum(g.Mul(gradient, embedding), [-1]));
        Value square = g.ReduceSum(g.Mul(embedding, embedding), [-1]);
        return g.Add(gradient, g.Mul(embedding, g.Div(lacking, square)));
    }
}
