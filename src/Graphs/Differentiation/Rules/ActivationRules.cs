using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of activations. The slope is made from forward values alone, so that K cotangents share it.</summary>
internal static class ActivationRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Relu", s => ArithmeticRules.Slope(s, s.G.Emit("Sign", [s.Output()]))),
        new("LeakyRelu", s => ArithmeticRules.Slope(s, Split(s, s.G.Like(s.Input(0), 1), s.G.Like(s.Input(0), s.Attributes.Float("alpha", 0.01f))))),
        new("Elu", s => ArithmeticRules.Slope(s, Split(s, s.G.Like(s.Input(0), 1), s.G.Add(s.Output(), s.G.Like(s.Output(), s.Attributes.Float("alpha", 1f)))))),
        new("Sigmoid", s => ArithmeticRules.Slope(s, s.G.Mul(s.Output(), OneMinus(s.G, s.Output())))),
        new("Tanh", s => ArithmeticRules.Slope(s, OneMinus(s.G, s.G.Mul(s.Output(), s.Output())))),
        new("Softplus", s => ArithmeticRules.Slope(s, s.G.Sigmoid(s.Input(0)))),
        new("Softsign", Softsign),
        new("HardSigmoid", HardSigmoid),
        new("HardSwish", HardSwish),
        new("Gelu", s => Gelu(s, string.Equals(s.Attributes.String("approximate", "none"), "tanh", StringComparison.Ordinal))),
        new("com.microsoft.Gelu", s => Gelu(s, tanh: false)),
        new("com.microsoft.QuickGelu", QuickGelu),
        new("Softmax", Softmax),
        new("LogSoftmax", LogSoftmax),
    ];

    private static Value OneMinus(GraphBuilder g, Value x) => g.Sub(g.Like(x, 1), x);

    /// <summary>One slope right of 0, another at and left of it.</summary>
    private static Value Split(GradientScope s, Value right, Value left) =>
        s.G.Where(s.G.Emit("Greater", [s.Input(0), s.G.Like(s.Input(0), 0)]), right, left);

    /// <summary>y = x / (1 + |x|): slope (1 - |y|)^2.</summary>
    private static void Softsign(GradientScope s)
    {
        Value rest = OneMinus(s.G, s.G.Emit("Abs", [s.Output()]));
        ArithmeticRules.Slope(s, s.G.Mul(rest, rest));
    }

    /// <summary>y = clip(alpha x + beta, 0, 1): slope alpha strictly between the bounds (y (1 - y) > 0), else 0.</summary>
    private static void HardSigmoid(GradientScope s)
    {
        Value inside = s.G.Emit("Sign", [s.G.Mul(s.Output(), OneMinus(s.G, s.Output()))]);
        ArithmeticRules.Slope(s, s.G.Scale(inside, s.Attributes.Float("alpha", 0.2f)));
    }

    /// <summary>y = x clip(x/6 + 1/2, 0, 1): slope 0 left of -3, 1 right of 3, x/3 + 1/2 between and at both.</summary>
    private static void HardSwish(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0);
        Value middle = g.Add(g.Scale(x, 1f / 3f), g.Like(x, 0.5));
        Value upToThree = g.Where(g.Emit("Greater", [x, g.Like(x, 3)]), g.Like(x, 1), middle);
        ArithmeticRules.Slope(s, g.Where(g.Emit("Less", [x, g.Like(x, -3)]), g.Like(x, 0), upToThree));
    }

    private static void Gelu(GradientScope s, bool tanh) => ArithmeticRules.Slope(s, tanh ? TanhGeluSlope(s.G, s.Input(0)) : GeluSlope(s.G, s.Input(0)));

    /// <summary>
    /// y = x Phi(x): slope Phi(x) + x phi(x), with z = x / sqrt 2: (1 + erf z) / 2 + z e^(-z^2) / sqrt(pi).
    /// (1 + e) / 2 is one pass as HardSigmoid, whose clipping never acts: erf lies in [-1, 1].
    /// </summary>
    private static Value GeluSlope(GraphBuilder g, Value x)
    {
        Value z = g.Scale(x, (float)Math.Sqrt(0.5));
        Value bell = g.Mul(z, g.Exp(g.Neg(g.Mul(z, z))));
        return g.Add(Half(g, g.Emit("Erf", [z])), g.Scale(bell, (float)(1 / Math.Sqrt(Math.PI))));
    }

    /// <summary>
    /// y = x p, p = (1 + tanh u) / 2, u = k x (1 + 0.044715 x^2), k = sqrt(2 / pi):
    /// slope p + 2 p (1 - p) x u', where x u' = 3 u - 2 k x.
    /// </summary>
    private static Value TanhGeluSlope(GraphBuilder g, Value x)
    {
        float k = (float)Math.Sqrt(2 / Math.PI);
        Value factor = g.Add(g.Scale(g.Mul(x, x), 0.044715f * k), g.Like(x, k));
        Value u = g.Mul(x, factor);
        Value p = Half(g, g.Emit("Tanh", [u]));
        Value twiceXu = g.Sub(g.Scale(u, 6), g.Scale(x, 4 * k));
        return g.Add(p, g.Mul(g.Mul(p, OneMinus(g, p)), twiceXu));
    }

    private static Value Half(GraphBuilder g, Value minusOneToOne) =>
        g.Emit("HardSigmoid", [minusOneToOne], NodeAttributes.Of(("alpha", 0.5f), ("beta", 0.5f)));

    /// <summary>y = x p, p = sigmoid(t), t = alpha x: slope p + u (1 - p) with u = t p, which is alpha y.</summary>
    private static void QuickGelu(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value t = g.Scale(s.Input(0), s.Attributes.Float("alpha", 1.702f));
        Value p = g.Sigmoid(t), u = g.Mul(t, p);
        ArithmeticRules.Slope(s, g.Add(p, g.Mul(u, OneMinus(g, p))));
    }

    /// <summary>dx = (dy - sum(dy y)) y, the sum over the softmax axis.</summary>
    private static void Softmax(GradientScope s)
    {
        int axis = s.Axis(s.Attributes.Int("axis", -1), s.Output().Rank);
        s.RequireUnbatched(axis);
        Value weighted = s.G.Mul(s.Dy, s.Output());
        s.AddExact(0, s.G.Mul(s.Output(), s.G.Sub(s.Dy, s.G.ReduceSum(weighted, [axis]))));
    }

    /// <summary>dx = dy - e^y sum(dy), the sum over the softmax axis.</summary>
    private static void LogSoftmax(GradientScope s)
    {
        int axis = s.Axis(s.Attributes.Int("axis", -1), s.Output().Rank);
        s.RequireUnbatched(axis);
        s.AddExact(0, s.G.Sub(s.Dy, s.G.Mul(s.G.Exp(s.Output()), s.G.ReduceSum(s.Dy, [axis]))));
    }
}
