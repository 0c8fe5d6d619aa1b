using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of matrix products and normalizations.</summary>
internal static class LinearRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("MatMul", s => Product(s, transposeA: false, transposeB: false, 1f)),
        new("com.microsoft.FusedMatMul", s => Product(s, s.Attributes.Int("transA", 0) != 0, s.Attributes.Int("transB", 0) != 0, s.Attributes.Float("alpha", 1f))),
        new("LayerNormalization", LayerNormalization),
    ];

    /// <summary>Y = alpha op(A) op(B). Transposes are folded into the products so that weights stay in their files.</summary>
    private static void Product(GradientScope s, bool transposeA, bool transposeB, float alpha)
    {
        Value a = s.Input(0), b = s.Input(1), dy = s.Dy;
        if (a.Rank < 2 || b.Rank < 2) throw s.Refuse("a product with a vector (rank 1) has no rule; export it with a matrix of one row or column");
        if (s.Needs(0))
        {
            Value da = transposeA
                ? s.G.FusedMatMul(b, dy, transposeB, transposeB: true, alpha)
                : s.G.FusedMatMul(dy, b, transposeA: false, !transposeB, alpha);
            s.AddExact(0, SumBatch(s, da, a.Shape));
        }

        if (s.Needs(1))
        {
            Value db = transposeB
                ? s.G.FusedMatMul(dy, a, transposeA: true, transposeA, alpha)
                : s.G.FusedMatMul(a, dy, !transposeA, transposeB: false, alpha);
            s.AddExact(1, SumBatch(s, db, b.Shape));
        }
    }

    /// <summary>Sums over the batch axes along which an operand was broadcast; the two matrix axes are left alone.</summary>
    private static Value SumBatch(GradientScope s, Value gradient, TensorShape operand)
    {
        TensorShape result = s.Output().Shape;
        return s.SumTo(gradient, operand, [.. result.Dimensions[..^2].ToArray(), operand[^2], operand[^1]]);
    }

    /// <summary>
    /// With n = (x - mean) r and d = dy scale: dx = r (d - mean(d) - n mean(d n)), means over the normalized axes.
    /// Asks the node for its mean and inverse standard deviation r instead of computing them again.
    /// </summary>
    private static void LayerNormalization(GradientScope s)
    {
        if (s.Needs(1) || (s.Has(2) && s.Needs(2))) throw s.Refuse("the gradient by scale or bias is not supported, only by the input");
        Value x = s.Input(0);
        int first = (int)s.Attributes.Int("axis", -1);
        if (first < 0) first += x.Rank;
        long[] axes = Enumerable.Range(first, x.Rank - first).Select(i => (long)i).ToArray();
        IReadOnlyList<Value> outputs = WithStatistics(s);
        Value mean = outputs[1], r = outputs[2];
        Value normalized = s.G.Mul(s.G.Sub(x, mean), r);
        Value d = s.G.Mul(s.Dy, s.Input(1));
        Value centered = s.G.Sub(d, s.G.ReduceMean(d, axes));
        Value projected = s.G.Mul(normalized, s.G.ReduceMean(s.G.Mul(d, normalized), axes));
        s.AddExact(0, s.G.Mul(r, s.G.Sub(centered, projected)));
    }

    private static IReadOnlyList<Value> WithStatistics(GradientScope s)
    {
        string stem = s.Node.Outputs[0];
        return s.Node.Outputs.Length >= 3 && s.Node.Outputs[1].Length > 0 && s.Node.Outputs[2].Length > 0
            ? [s.Output(0), s.Output(1), s.Output(2)]
            : s.Extend(s.Node with { Outputs = [stem, stem + ".mean", stem + ".inverse_std"] });
    }
}
