using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>
/// Rules of what only transformers have (Achtibat et al. 2024, "AttnLRP: attention-aware layer-wise relevance propagation for transformers"; Ali et al. 2022,
/// "XAI for transformers: better explanations through conservative propagation"), for c = R / z.
/// </summary>
internal static class TransformerRules
{
    private const double Tiny = 1e-9;

    /// <summary>
    /// An activation f(x), f(0) = 0, hands on its relevance as it is (Achtibat et al., section 3.2): c x = c' f(x).
    /// </summary>
    public static void Activation(GradientScope s) => s.AddExact(0, s.G.Mul(s.Dy, s.G.Div(s.Output(), s.G.Stabilized(s.Input(0), Tiny))));

    /// <summary>
    /// The standard deviation is a constant, so that normalizing hands on relevance as it is (Achtibat et al., proposition 3.4; Ali et al.,
    /// section 4); centering, scale and bias are linear, with the epsilon rule.
    /// </summary>
    public static void LayerNormalization(GradientScope s, double epsilon)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0);
        int axis = (int)s.Attributes.Int("axis", -1), first = axis < 0 ? axis + x.Rank : axis;
        long[] axes = [.. Enumerable.Range(first, x.Rank - first).Select(i => (long)i)];
        Value centered = g.Sub(x, g.ReduceMean(x, axes));
        Value variance = g.ReduceMean(g.Mul(centered, centered), axes);
        Value deviation = g.Sqrt(g.Add(variance, g.Like(variance, s.Attributes.Float("epsilon", 1e-5f))));
        Value factor = g.Mul(g.Div(s.Input(1), deviation), g.Share(s.Output(), epsilon));
        Value d = g.Mul(s.Dy, factor);
        s.AddExact(0, g.Sub(d, g.ReduceMean(d, axes)));
    }

    /// <summary>
    /// AttnLRP: R_i = x_i (R'_i - s_i sum R') (Achtibat et al., proposition 3.1), which for R' = s c is x_i times the gradient. CP-LRP: nothing passes.
    /// </summary>
    public static void Softmax(GradientScope s, AttentionRule rule)
    {
        if (rule == AttentionRule.AttnLrp) GradientRules.Standard.For(s.Node)(s);
        else _ = s.Dy;
    }

    /// <summary>
    /// A product of two computed tensors: half of the relevance to each (Achtibat et al., proposition 3.3). CP-LRP: probabilities get none, what they weigh
    /// gets all.
    /// </summary>
    public static void Product(GradientScope s, AttentionRule rule, double epsilon)
    {
        GradientRule gradient = GradientRules.Standard.For(s.Node);
        int? probabilities = rule == AttentionRule.CpLrp ? Enumerable.Range(0, 2).Select(i => (int?)i).FirstOrDefault(i => IsProbability(s, i!.Value)) : null;
        Value dy = s.G.Mul(s.Dy, s.G.Share(s.Output(), epsilon));
        if (probabilities is { } constant)
        {
            s.AddExact(1 - constant, s.Product(s.Node, gradient, dy, 1 - constant));
            return;
        }

        dy = s.G.Scale(dy, 0.5f);
        foreach (int input in Enumerable.Range(0, 2).DistinctBy(i => s.Node.Inputs[i])) s.AddExact(input, s.Product(s.Node, gradient, dy, input));
    }

    /// <summary>Whether an operand comes from a softmax, with nothing but moves of its elements between.</summary>
    private static bool IsProbability(GradientScope s, int input)
    {
        Node? node = s.G.ProducerOf(s.Node.Inputs[input]);
        while (node is { QualifiedOp: "Reshape" or "Transpose" or "Dropout" or "Identity" or "Cast" or "Squeeze" or "Unsqueeze" }) node = s.G.ProducerOf(node.Inputs[0]);
        return node is { QualifiedOp: "Softmax" };
    }
}
