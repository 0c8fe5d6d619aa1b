using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of elementwise arithmetic.</summary>
internal static class ArithmeticRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Identity", s => s.AddExact(0, s.Dy)),
        new("Add", Add),
        new("Sub", Sub),
        new("Mul", Mul),
        new("Div", Div),
        new("Neg", s => s.AddExact(0, s.G.Neg(s.Dy))),
        new("Sqrt", s => s.AddExact(0, s.G.Div(s.G.Scale(s.Dy, 0.5f), s.Output()))),
        new("Exp", s => s.AddExact(0, s.G.Mul(s.Dy, s.Output()))),
    ];

    private static void Add(GradientScope s)
    {
        if (s.Needs(0)) s.Add(0, s.Dy);
        if (s.Needs(1)) s.Add(1, s.Dy);
    }

    private static void Sub(GradientScope s)
    {
        if (s.Needs(0)) s.Add(0, s.Dy);
        if (s.Needs(1)) s.Add(1, s.G.Neg(s.Dy));
    }

    private static void Mul(GradientScope s)
    {
        if (s.Needs(0)) s.Add(0, s.G.Mul(s.Dy, s.Input(1)));
        if (s.Needs(1)) s.Add(1, s.G.Mul(s.Dy, s.Input(0)));
    }

    private static void Div(GradientScope s)
    {
        Value scaled = s.G.Div(s.Dy, s.Input(1));
        if (s.Needs(0)) s.Add(0, scaled);
        if (s.Needs(1)) s.Add(1, s.G.Neg(s.G.Mul(scaled, s.Output())));
    }
}
