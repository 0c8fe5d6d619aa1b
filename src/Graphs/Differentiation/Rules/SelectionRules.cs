using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of operators that pass some elements on and hold others back, and of those that change none.</summary>
internal static class SelectionRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Identity", s => s.AddExact(0, s.Dy)),
        new("Dropout", s => s.AddExact(0, s.Dy)),
        new("Cast", s => s.AddExact(0, s.G.Cast(s.Dy, s.Input(0).Type.Element))),
        new("Where", Where),
        new("Clip", Clip),
        new("Max", Extremum),
        new("Min", Extremum),
        new("Floor", NoGradient),
        new("Ceil", NoGradient),
        new("Round", NoGradient),
        new("Sign", NoGradient),
    ];

    /// <summary>
    /// A step function: its slope is 0 wherever it has one, so nothing is added. Where this is the only path, the
    /// differentiation itself reports that no gradient arrives.
    /// </summary>
    private static void NoGradient(GradientScope s) => _ = s.Dy;

    /// <summary>y = c ? a : b: da = c ? dy : 0, db = c ? 0 : dy.</summary>
    private static void Where(GradientScope s)
    {
        Value zero = s.G.Like(s.Dy, 0);
        if (s.Needs(1)) s.Add(1, s.G.Where(s.Input(0), s.Dy, zero));
        if (s.Needs(2)) s.Add(2, s.G.Where(s.Input(0), zero, s.Dy));
    }

    /// <summary>y = min(max(x, low), high): dx = dy where y is x, which includes both bounds, as in PyTorch; else 0.</summary>
    private static void Clip(GradientScope s)
    {
        if (s.Needs(1) || s.Needs(2)) throw s.Refuse("its bounds depend on the differentiated value; write it with Max and Min");
        if (s.Needs(0)) s.AddExact(0, s.G.Where(s.G.Emit("Equal", [s.Input(0), s.Output()]), s.Dy, s.G.Like(s.Dy, 0)));
    }

    /// <summary>y = max(a, b, ...): dy goes to the operand that equals y; equal operands share it evenly, as in PyTorch.</summary>
    private static void Extremum(GradientScope s)
    {
        if (s.InputCount == 1)
        {
            s.AddExact(0, s.Dy);
            return;
        }

        Value[] hits = [.. Enumerable.Range(0, s.InputCount).Select(i => s.G.EqualMask(s.Input(i), s.Output()))];
        Value ties = hits.Length == 2 ? s.G.Add(hits[0], hits[1]) : s.G.Emit("Sum", hits);
        for (int i = 0; i < hits.Length; i++) if (s.Needs(i)) s.Add(i, s.G.Mul(s.Dy, s.G.Div(hits[i], ties)));
    }
}
