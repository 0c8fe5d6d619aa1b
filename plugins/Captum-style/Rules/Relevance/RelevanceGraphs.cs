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

    private static readonly DerivedGraphs<(LrpOptions Options, bool Matching), Graph> Graphs = new();

    /// <summary>Scores and relevance of all targets, from one forward.</summary>
    /// <param name="target">The targets, of one kind.</param>
    /// <param name="matching">Whether they are scores with texts; else the embedding itself is where relevance starts.</param>
    /// <param name="options">The rules.</param>
    public static Graph Of(TargetGraph target, bool matching, LrpOptions options) => Graphs.Get(target.Graph, (options, matching), source =>
    {
        Graph network = options.BatchNorm == BatchNormalizationRule.Merged ? source.FoldBatchNormalization() : source;
        GraphBuilder g = network.Edit();
        Value scores = g.Find(EncoderNames.Scores), embedding = g.Find(target.Embedding), pixels = g.Find(target.Input);
        Value start = g.Find(EncoderNames.Cotangents);
        if (matching) start = Start(g, start, embedding, g.Reshape(scores, -1, 1), options);
        Value factor = g.VectorJacobianProduct(embedding, start, [target.Input], RelevanceRules.Of(options, network))[target.Input];
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(Relevance, g.Mul(pixels, factor));
        return g.Build(keepTaps: false);
    });

    /// <summary>
    /// The factor of the embedding e, [K, E], such that its relevance sums to the score s: the gradient where the score is linear. Where
    /// it is not, the part that the gradient lacks goes along e: g + (s - e . g) e / |e|^2. For a cosine that is t / |e|, the gradient with
    /// the norm held constant, as layer normalization is treated (Ali et al. 2022, section 4).
    /// </summary>
    private static Value Start(GraphBuilder g, Value gradient, Value embedding, Value scores, LrpOptions options)
    {
        Value lacking = g.Sub(scores, g.ReduceSum(g.Mul(gradient, embedding), [-1]));
        Value square = g.ReduceSum(g.Mul(embedding, embedding), [-1]);
        Value start = g.Add(gradient, g.Mul(embedding, g.Div(lacking, square)));
        return options.Start == RelevanceStart.Score ? g.Mul(start, g.Share(scores, options.Epsilon)) : start;
    }
}
