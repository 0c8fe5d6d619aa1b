using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// Guided backpropagation (Springenberg et al. 2015, "Striving for simplicity: The all convolutional net", section 3.4): a ReLU passes a gradient back only where its input
/// and the gradient are positive; everything else is differentiated as usual.
/// </summary>
internal static class GuidedGraphs
{
    /// <summary>Output with the guided gradients of K scores by the input, [K, C, H, W].</summary>
    public const string Gradient = "guided.gradient";

    private static readonly GradientRules Rules = GradientRules.Standard.With("Relu", s => s.AddExact(0, ReluSignals.Guided(s)));

    private static readonly DerivedGraphs<string, Graph> Graphs = new();

    /// <summary>The guided gradients of all targets, from one forward.</summary>
    public static Graph Of(TargetGraph target) => Graphs.Get(target.Graph, string.Empty, source =>
    {
        GraphBuilder g = source.HoistTokenSelection(target.Input).Edit();
        Value gradient = g.VectorJacobianProduct(g.Find(target.Embedding), g.Find(EncoderNames.Cotangents), [target.Input], Rules)[target.Input];
        g.ClearOutputs();
        g.Output(Gradient, gradient);
        return g.Build(keepTaps: false);
    });

    /// <summary>Whether guiding changes anything: a network without ReLU has nothing to guide.</summary>
    public static bool Guides(TargetGraph target) => target.Graph.Nodes.Any(n => n.QualifiedOp is "Relu");
}
