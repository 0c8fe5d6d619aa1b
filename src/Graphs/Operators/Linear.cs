namespace Pellucid.Graphs.Operators;

/// <summary>Matrix products, normalizations and attention.</summary>
public static class Linear
{
    /// <summary>Batched matrix product of the last two axes: [..., n, k] x [..., k, m] to [..., n, m].</summary>
    public static Value MatMul(this GraphBuilder g, Value a, Value b) => g.Emit("MatMul", [a, b]);

    /// <summary>
    /// a x b^T over the last two axes, times a factor. Said this way, rather than with a Transpose, a weight stays
    /// in its file: the runtime would fold the transpose into a second copy.
    /// </summary>
    public static Value MatMulTransposed(this GraphBuilder g, Value a, Value b, float alpha = 1f) =>
        g.FusedMatMul(a, b, transposeA: false, transposeB: true, alpha);

    /// <summary>alpha op(a) x op(b), where op transposes the last two axes on request.</summary>
    public static Value FusedMatMul(this GraphBuilder g, Value a, Value b, bool transposeA, bool transposeB, float alpha = 1f) =>
        !transposeA && !transposeB && alpha == 1f
            ? g.MatMul(a, b)
            : g.Emit("FusedMatMul", [a, b], NodeAttributes.Of(("transA", transposeA), ("transB", transposeB), ("alpha", alpha)), Node.MicrosoftDomain);

    /// <summary>y = x W^T + b with W of shape (out, in), as PyTorch stores it; <paramref name="bias"/> may be absent.</summary>
    public static Value Affine(this GraphBuilder g, Value x, Value weight, Value? bias)
    {
        Value y = g.MatMulTransposed(x, weight);
        return bias is null ? y : g.Add(y, bias);
    }

    /// <summary>Softmax over the last axis.</summary>
    public static Value Softmax(this GraphBuilder g, Value x) => g.Emit("Softmax", [x], NodeAttributes.Of(("axis", -1L)));

    /// <summary>Layer normalization over the last axis: biased variance, epsilon inside the root.</summary>
    public static Value LayerNorm(this GraphBuilder g, Value x, Value scale, Value bias, float epsilon) =>
        g.Emit("LayerNormalization", [x, scale, bias], NodeAttributes.Of(("axis", -1L), ("epsilon", epsilon)));

    /// <summary>x / max(|x|_2, floor) over the last axis; with floor 0 the plain norm, as CLIP divides.</summary>
    public static Value L2Normalize(this GraphBuilder g, Value x, float floor = 0f)
    {
        Value norm = g.Sqrt(g.ReduceSum(g.Mul(x, x), [-1]));
        return g.Div(x, floor > 0 ? g.Emit("Max", [norm, g.Like(norm, floor)]) : norm);
    }
}
