using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>
/// Rules of a layer z = sum x w + b that treat what raises and what lowers an output differently. With two variants A and B of the weights, x+ = max(x, 0)
/// and x- = min(x, 0): z1 = x+ A + x- B, z2 = x+ B + x- A (each with a bias of its own), and with a part p1, p2 of the output's relevance R
/// <code>R_in = x+ (A t1 + B t2) + x- (B t1 + A t2), t1 = p1 R / z1, t2 = p2 R / z2</code>
/// Alpha-beta: A = w+, B = w-, p1 = alpha, p2 = -beta. Gamma: A = w + gamma w+, B = w + gamma w-, p1 and p2 the outputs that are above and below 0.
/// </summary>
internal sealed class SplitLayer
{
    private readonly GradientScope _scope;
    private readonly GradientRule _gradient;
    private readonly int _input;
    private readonly double _epsilon;
    private readonly Value _raising, _lowering;

    private SplitLayer(GradientScope scope, double epsilon)
    {
        _scope = scope;
        _gradient = GradientRules.Standard.For(scope.Node);
        _input = scope.Needs(0) ? 0 : 1;
        _epsilon = epsilon;
        Value x = scope.Input(_input);
        _raising = scope.G.Relu(x);
        _lowering = scope.G.Sub(x, _raising);
    }

    /// <summary>alpha R over positive contributions, -(alpha - 1) R over negative ones (Bach et al. 2015, eq. 60).</summary>
    public static void AlphaBeta(GradientScope s, double alpha, double epsilon)
    {
        var layer = new SplitLayer(s, epsilon);
        (Value positive, Value negative) = Parts(s.G, layer.Weights);
        (Value? above, Value? below) = layer.Bias is { } bias ? Parts(s.G, bias) : default((Value?, Value?));
        Value relevance = s.G.Mul(s.Dy, s.Output());
        layer.Add(
            positive, negative, above, below, s.G.Scale(relevance, (float)alpha), alpha > 1 ? s.G.Scale(relevance, (float)(1 - alpha)) : null);
    }

    /// <summary>R in proportion to x (w + gamma w+) (Montavon et al. 2019, table 1), mirrored for negative inputs and outputs (Andéol et al. 2021).</summary>
    public static void Gamma(GradientScope s, double gamma, double epsilon)
    {
        GraphBuilder g = s.G;
        var layer = new SplitLayer(s, epsilon);
        Value Raised(Value value, Value part) => g.Add(value, g.Scale(part, (float)gamma));

        (Value positive, Value negative) = Parts(g, layer.Weights);
        Value? above = null, below = null;
        if (layer.Bias is { } bias)
        {
            (Value up, Value down) = Parts(g, bias);
            (above, below) = (Raised(bias, up), Raised(bias, down));
        }

        // The sign of an output is 0 only where it has no relevance.
        Value relevance = g.Mul(s.Dy, s.Output()), sign = g.Emit("Sign", [s.Output()]);
        layer.Add(
            Raised(layer.Weights, positive), Raised(layer.Weights, negative), above, below,
            g.Mul(relevance, g.Relu(sign)), g.Mul(relevance, g.Relu(g.Neg(sign))));
    }

    private Value Weights => _scope.Input(1 - _input);

    private Value? Bias => _scope.Has(2) ? _scope.Input(2) : null;

    private static (Value Positive, Value Negative) Parts(GraphBuilder g, Value value)
    {
        Value positive = g.Relu(value);
        return (positive, g.Sub(value, positive));
    }

    private void Add(Value a, Value b, Value? biasOfA, Value? biasOfB, Value first, Value? second)
    {
        GraphBuilder g = _scope.G;
        Node raisingA = Emit(_raising, a, biasOfA), loweringB = Emit(_lowering, b, null);
        Value t1 = Signal(first, raisingA, loweringB);
        Value raising = Product(raisingA, t1), lowering = Product(loweringB, t1);
        if (second is not null)
        {
            Node raisingB = Emit(_raising, b, biasOfB), loweringA = Emit(_lowering, a, null);
            Value t2 = Signal(second, raisingB, loweringA);
            raising = g.Add(raising, Product(raisingB, t2));
            lowering = g.Add(lowering, Product(loweringA, t2));
        }

        Value x = _scope.Input(_input);
        _scope.AddExact(_input, g.Where(g.Emit("GreaterOrEqual", [x, g.Like(x, 0)]), raising, lowering));
    }

    private Node Emit(Value x, Value weights, Value? bias)
    {
        Node node = _scope.Node;
        Value?[] inputs = _input == 0 ? [x, weights] : [weights, x];
        if (bias is not null) inputs = [.. inputs, bias];
        return _scope.G.ProducerOf(_scope.G.Emit(node.OpType, inputs, node.Attributes, node.Domain).Name)!;
    }

    private Value Signal(Value relevance, Node one, Node other)
    {
        GraphBuilder g = _scope.G;
        Value z = g.Add(g.Find(one.Outputs[0]), g.Find(other.Outputs[0]));
        return g.Div(relevance, g.Stabilized(z, _epsilon));
    }

    private Value Product(Node node, Value signal) => _scope.Product(node, _gradient, signal, _input);
}
