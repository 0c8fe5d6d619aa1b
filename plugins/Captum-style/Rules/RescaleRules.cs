using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// The rescale rule (Shrikumar et al. 2017, section 3.5.2): in the place of its derivative an operator hands on the difference of its output over that of
/// its input; where the input hardly differs, the derivative at the image.
/// </summary>
/// <param name="operators">Which operators.</param>
/// <param name="counterparts">Their inputs and outputs for the baseline.</param>
/// <param name="options">Options.</param>
internal sealed class RescaleRules(RescaleOperators operators, IReadOnlyDictionary<string, Value> counterparts, DeepLiftOptions options)
{
    /// <summary>All rules: the true gradients but for these.</summary>
    public GradientRules Table() => RescaleOperators.Candidates.Aggregate(GradientRules.Standard, (rules, op) => rules.With(op, Apply));

    private void Apply(GradientScope s)
    {
        if (operators.Rescaled(s.Node) is not { } operand)
        {
            GradientRules.Standard.For(s.Node)(s);
            return;
        }

        if (s.Node.QualifiedOp == "MaxPool") s.AddExact(0, Pool(s));
        else s.AddExact(operand, s.G.Mul(s.Dy, Slope(s, s.Input(operand))));
    }

    private Value Slope(GradientScope s, Value x)
    {
        GraphBuilder g = s.G;
        Value y = s.Output(), ones = g.Emit("Pow", [y, g.Like(y, 0)]);
        (Value near, Value difference) = Difference(g, x);
        Value derivative = g.VectorJacobianProduct(y, ones, [x.Name])[x.Name];
        return g.Where(near, derivative, g.Div(g.Sub(y, counterparts[y.Name]), difference));
    }

    /// <summary>
    /// With o the maximum of a window, for the image (x) and the baseline (b): dy (max(o_x, o_b) - o_b) goes to where x has its maximum, dy (o_x - max(o_x, o_b)) to where b
    /// has its own; of windows that share that element only the last counts. The sum is divided by the difference of the element.
    /// </summary>
    private Value Pool(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0), y = s.Output();
        long[] spatial = [.. x.Shape.Skip(2)];
        if (spatial.Contains(TensorShape.Dynamic) || x.Shape[1] == TensorShape.Dynamic) throw s.Refuse("the image size is known only at run time; import the model with a fixed one");
        if (s.Attributes.Int("storage_order", 0) != 0) throw s.Refuse("column-major indices have no rule; export it with storage_order 0");
        Node image = g.ProducerOf(y.Name)!, reference = g.ProducerOf(counterparts[y.Name].Name)!;
        var ofImage = new WindowMaxima(g, x, Indices(g, image));
        var ofBaseline = new WindowMaxima(g, x, Indices(g, reference));
        Value dy = g.Reshape(s.Dy, 0, 0, -1), here = g.Reshape(y, 0, 0, -1), there = g.Reshape(counterparts[y.Name], 0, 0, -1);
        Value larger = g.Emit("Max", [here, there]);
        Value moved = g.Add(
            ofImage.Put(g.Mul(dy, g.Mul(g.Sub(larger, there), ofImage.Last()))),
            ofBaseline.Put(g.Mul(dy, g.Mul(g.Sub(here, larger), ofBaseline.Last()))));
        (Value near, Value difference) = Difference(g, x);
        return g.Where(near, g.Reshape(ofImage.Put(dy), [0, 0, .. spatial]), g.Div(g.Reshape(moved, [0, 0, .. spatial]), difference));
    }

    private static Value Indices(GraphBuilder g, Node pool) => pool.Outputs.Length > 1 && pool.Outputs[1].Length > 0
        ? g.Find(pool.Outputs[1])
        : g.Extend(pool, pool with { Outputs = [pool.Outputs[0], pool.Outputs[0] + ".indices"] })[1];

    /// <summary>Where a value hardly differs from its counterpart, and the difference, which is 1 there.</summary>
    private (Value Near, Value Difference) Difference(GraphBuilder g, Value x)
    {
        Value difference = g.Sub(x, counterparts[x.Name]);
        Value near = g.Emit("Less", [g.Abs(difference), g.Like(x, options.Eps)]);
        return (near, g.Where(near, g.Like(x, 1), difference));
    }
}
