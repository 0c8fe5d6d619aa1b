using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of matrix products. Transposes are folded into the products, so that weights stay in their files.</summary>
internal static class LinearRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("MatMul", s => Product(s, transposeA: false, transposeB: false, 1f)),
        new("com.microsoft.FusedMatMul", Fused),
        new("Gemm", Gemm),
    ];

    private static void Fused(GradientScope s)
    {
        if (s.Attributes.Int("transBatchA", 0) != 0 || s.Attributes.Int("transBatchB", 0) != 0)
            throw s.Refuse("transBatchA and transBatchB have no rule; write it with Transpose");
        Product(s, s.Attributes.Int("transA", 0) != 0, s.Attributes.Int("transB", 0) != 0, s.Attributes.Float("alpha", 1f));
    }

    /// <summary>Y = alpha op(A) op(B) + beta C: dA and dB as for a product, dC = beta dY, summed over what was broadcast.</summary>
    private static void Gemm(GradientScope s)
    {
        Product(s, s.Attributes.Int("transA", 0) != 0, s.Attributes.Int("transB", 0) != 0, s.Attributes.Float("alpha", 1f));
        if (!s.Needs(2)) return;
        float beta = s.Attributes.Float("beta", 1f);
        s.Add(2, beta == 1f ? s.Dy : s.G.Scale(s.Dy, beta));
    }

    /// <summary>
    /// Y = alpha op(A) op(B): dA = alpha dY op(B)^T (or op(B) dY^T where A is transposed), dB = alpha op(A)^T dY (or
    /// dY^T op(A)). A vector counts as a matrix of one row (left) or one column (right).
    /// </summary>
    private static void Product(GradientScope s, bool transposeA, bool transposeB, float alpha)
    {
        Value a = s.Input(0), b = s.Input(1), dy = s.Dy;
        bool vectorA = a.Rank == 1, vectorB = b.Rank == 1;
        if ((vectorA && transposeA) || (vectorB && transposeB)) throw s.Refuse("a transposed vector has no rule");
        if (vectorB) (b, dy) = (s.G.Unsqueeze(b, 1), s.G.Unsqueeze(dy, -1));
        if (vectorA) (a, dy) = (s.G.Unsqueeze(a, 0), s.G.Unsqueeze(dy, -2));
        TensorShape batch = Inference.Broadcasting.Combine(new(a.Shape.Dimensions[..^2]), new(b.Shape.Dimensions[..^2]))!;
        if (s.Needs(0))
        {
            Value da = transposeA
                ? s.G.FusedMatMul(b, dy, transposeB, transposeB: true, alpha)
                : s.G.FusedMatMul(dy, b, transposeA: false, !transposeB, alpha);
            da = SumBatch(s, da, a.Shape, batch);
            s.AddExact(0, vectorA ? s.G.Squeeze(da, 0) : da);
        }

        if (s.Needs(1))
        {
            Value db = transposeB
                ? s.G.FusedMatMul(dy, a, transposeA: true, transposeA, alpha)
                : s.G.FusedMatMul(a, dy, !transposeA, transposeB: false, alpha);
            db = SumBatch(s, db, b.Shape, batch);
            s.AddExact(1, vectorB ? s.G.Squeeze(db, 1) : db);
        }
    }

    /// <summary>Sums over the batch axes along which an operand was broadcast; the two matrix axes are left alone.</summary>
    private static Value SumBatch(GradientScope s, Value gradient, TensorShape operand, TensorShape batch) =>
        s.SumTo(gradient, operand, [.. batch, operand[^2], operand[^1]]);
}
