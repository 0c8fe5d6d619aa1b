using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of activations.</summary>
internal static class ActivationRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Sigmoid", s => s.AddExact(0, s.G.Mul(s.Dy, s.G.Mul(s.Output(), s.G.Sub(s.G.Like(s.Output(), 1), s.Output()))))),
        new("com.microsoft.QuickGelu", QuickGelu),
        new("Softmax", Softmax),
    ];

    /// <summary>y = x s, s = sigmoid(alpha x): dy/dx = s + alpha y (1 - s).</summary>
    private static void QuickGelu(GradientScope s)
    {
        float alpha = s.Attributes.Float("alpha", 1.702f);
        Value x = s.Input(0);
        Value gate = s.G.Sigmoid(s.G.Scale(x, alpha));
        Value slope = s.G.Add(gate, s.G.Mul(s.G.Scale(s.Output(), alpha), s.G.Sub(s.G.Like(x, 1), gate)));
        s.AddExact(0, s.G.Mul(s.Dy, slope));
    }

    /// <summary>dx = (dy - sum(dy y)) y, the sum over the softmax axis.</summary>
    private static void Softmax(GradientScope s)
    {
        long axis = s.Attributes.Int("axis", -1);
        Value weighted = s.G.Mul(s.Dy, s.Output());
        s.AddExact(0, s.G.Sub(weighted, s.G.Mul(s.Output(), s.G.ReduceSum(weighted, [axis]))));
    }
}
