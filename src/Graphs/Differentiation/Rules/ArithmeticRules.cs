using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of elementwise arithmetic. Slopes are computed from forward values first, so that K cotangents share them.</summary>
internal static class ArithmeticRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Add", s => Linear(s, dy => dy, dy => dy)),
        new("Sub", s => Linear(s, dy => dy, s.G.Neg)),
        new("Sum", s => Each(s, dy => dy)),
        new("Mean", s => Each(s, dy => s.G.Scale(dy, 1f / s.InputCount))),
        new("Mul", Mul),
        new("Div", Div),
        new("Neg", s => s.AddExact(0, s.G.Neg(s.Dy))),
        new("Pow", Pow),
        new("Sqrt", s => Slope(s, s.G.Div(s.G.Like(s.Output(), 0.5), s.Output()))),
        new("Exp", s => Slope(s, s.Output())),
        new("Log", s => s.AddExact(0, s.G.Div(s.Dy, s.Input(0)))),
        new("Reciprocal", s => Slope(s, s.G.Neg(s.G.Mul(s.Output(), s.Output())))),
        new("Abs", s => Slope(s, s.G.Emit("Sign", [s.Input(0)]))),
        new("Sin", s => Slope(s, s.G.Emit("Cos", [s.Input(0)]))),
        new("Cos", s => Slope(s, s.G.Neg(s.G.Emit("Sin", [s.Input(0)])))),
        new("Erf", Erf),
    ];

    /// <summary>y = f(x) element by element: dx = dy f'(x).</summary>
    internal static void Slope(GradientScope s, Value slope) => s.AddExact(0, s.G.Mul(s.Dy, slope));

    /// <summary>y = a + b and the like: da = dy, db = +-dy, summed over what was broadcast.</summary>
    private static void Linear(GradientScope s, Func<Value, Value> first, Func<Value, Value> second)
    {
        if (s.Needs(0)) s.Add(0, first(s.Dy));
        if (s.Needs(1)) s.Add(1, second(s.Dy));
    }

    private static void Each(GradientScope s, Func<Value, Value> gradient)
    {
        Value shared = gradient(s.Dy);
        for (int i = 0; i < s.InputCount; i++) if (s.Needs(i)) s.Add(i, shared);
    }

    /// <summary>y = a b: da = dy b, db = dy a.</summary>
    private static void Mul(GradientScope s)
    {
        if (s.Needs(0)) s.Add(0, s.G.Mul(s.Dy, s.Input(1)));
        if (s.Needs(1)) s.Add(1, s.G.Mul(s.Dy, s.Input(0)));
    }

    /// <summary>y = a / b: da = dy / b, db = -dy y / b.</summary>
    private static void Div(GradientScope s)
    {
        Value scaled = s.G.Div(s.Dy, s.Input(1));
        if (s.Needs(0)) s.Add(0, scaled);
        if (s.Needs(1)) s.Add(1, s.G.Neg(s.G.Mul(scaled, s.Output())));
    }

    /// <summary>
    /// y = x^p: dx = dy p x^(p-1), 0 where p is 0; dp = dy y ln x, 0 where x is 0 and p is not negative (PyTorch's choices).
    /// </summary>
    private static void Pow(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0), p = s.Input(1);
        if (s.Needs(0))
        {
            Value slope = (s.G.ConstantOf(p.Name) is { Length: 1 } c ? c.ToFloat32().Floats[0] : float.NaN) switch
            {
                0f => g.Like(x, 0),
                1f => g.Like(x, 1),
                2f => g.Scale(x, 2),
                float constant when !float.IsNaN(constant) => g.Scale(g.Emit("Pow", [x, g.Like(x, constant - 1.0)]), constant),
                _ => ComputedPower(g, x, g.Cast(p, x.Type.Element)),
            };
            s.Add(0, g.Mul(s.Dy, slope));
        }

        if (!s.Needs(1)) return;
        Value flat = g.Emit("And", [g.Emit("Equal", [x, g.Like(x, 0)]), g.Emit("GreaterOrEqual", [p, g.Like(p, 0)])]);
        s.Add(1, g.Mul(s.Dy, g.Where(flat, g.Like(x, 0), g.Mul(s.Output(), g.Emit("Log", [x])))));
    }

    private static Value ComputedPower(GraphBuilder g, Value x, Value p)
    {
        Value slope = g.Mul(p, g.Emit("Pow", [x, g.Sub(p, g.Like(p, 1))]));
        return g.Where(g.Emit("Equal", [p, g.Like(p, 0)]), g.Like(x, 0), slope);
    }

    /// <summary>y = erf(x): dy/dx = 2 / sqrt(pi) e^(-x^2).</summary>
    private static void Erf(GradientScope s)
    {
        Value x = s.Input(0);
        Slope(s, s.G.Scale(s.G.Exp(s.G.Neg(s.G.Mul(x, x))), (float)(2 / Math.Sqrt(Math.PI))));
    }
}
