using Pellucid.Graphs.Operators;
using static Pellucid.Graphs.Tests.Differentiation.Cases.CaseInput;

namespace Pellucid.Graphs.Tests.Differentiation.Cases;

internal static class LinearCases
{
    public static IEnumerable<GradientCase> All =>
    [
        new("MatMul by weight", "MatMul", (g, x) => g.MatMul(x[0], x[1]), X(3, 4), W(4, 2)),
        new("MatMul matrices", "MatMul", (g, x) => g.MatMul(x[0], x[1]), X(4), W(4, 2)),
        new("MatMul of activations", "MatMul", (g, x) => g.MatMul(x[0], x[1]), X(2, 3, 4), X(2, 4, 5)),
        new("MatMul broadcast heads", "MatMul", (g, x) => g.MatMul(x[0], x[1]), X(1, 3, 4), X(2, 4, 5)),
        new("MatMul weight left", "MatMul", (g, x) => g.MatMul(x[1], x[0]), X(4, 5), W(3, 4)),
        new("MatMul matrix vector", "MatMul", (g, x) => g.MatMul(x[0], x[1]), X(3, 4), W(4)),
        new("MatMul vector matrix", "MatMul", (g, x) => g.MatMul(x[1], x[0]), X(3, 4), W(3)),
        new("MatMul vectors", "MatMul", (g, x) => g.Mul(g.MatMul(x[1], x[2]), x[0]), X(2), W(3), W(3)),
        Fused(false, false, 0.5f), Fused(true, false, 1f), Fused(false, true, 1f), Fused(true, true, 2f),
        new("FusedMatMul by weight", "com.microsoft.FusedMatMul", (g, x) => g.FusedMatMul(x[0], x[1], false, true, 0.3f), X(3, 4), W(2, 4)),
        new("FusedMatMul attention scores", "com.microsoft.FusedMatMul", (g, x) => g.Softmax(g.MatMulTransposed(x[0], x[1], 0.5f)), X(2, 3, 4), X(2, 3, 4)),
        new("Gemm", "Gemm", (g, x) => g.Emit("Gemm", [x[0], x[1], x[2]]), X(4), W(4, 2), W(2)),
        Gemm("transB", [2, 4], [1, 2], ("transB", 1)),
        Gemm("scaled", [4, 2], [], ("alpha", 0.5f), ("beta", 2f)),
        new("Gemm without bias", "Gemm", (g, x) => g.Emit("Gemm", [x[0], x[1]]), X(4), W(4, 2)),
        new("Gemm transA", "Gemm", (g, x) => g.Transpose(g.Emit("Gemm", [x[0], x[1], x[2]], NodeAttributes.Of(("transA", 1), ("transB", 1), ("beta", 0.5f))), 1, 0), W(4, 3), W(2, 4), W(3, 1)),

        new("LayerNormalization", "LayerNormalization", (g, x) => g.LayerNorm(x[0], x[1], x[2], 1e-3f), X(3, 5), W(5), W(5)),
        new("LayerNormalization axis 1", "LayerNormalization", (g, x) => g.Emit("LayerNormalization", [x[0], x[1], x[2]], NodeAttributes.Of(("axis", 1))), X(3, 4), W(3, 4), W(3, 4)),
        new("LayerNormalization no bias", "LayerNormalization", (g, x) => g.Emit("LayerNormalization", [x[0], x[1]]), X(3, 5), W(5)),
        new("LayerNormalization statistics", "LayerNormalization", Statistics, X(3, 5), W(5), W(5)),
        new("BatchNormalization", "BatchNormalization", (g, x) => g.Emit("BatchNormalization", x), X(3, 2, 2), W(3).Fixed(), W(3).Fixed(), W(3).Fixed(), W(3).In(0.5, 2).Fixed()),
        new("BatchNormalization of rows", "BatchNormalization", (g, x) => g.Emit("BatchNormalization", x), X(3), W(3).Fixed(), W(3).Fixed(), W(3).Fixed(), W(3).In(0.5, 2).Fixed()),
        new("InstanceNormalization", "InstanceNormalization", (g, x) => g.Emit("InstanceNormalization", x), X(3, 2, 3), W(3).Fixed(), W(3).Fixed()),
        new("GroupNormalization", "GroupNormalization", (g, x) => g.Emit("GroupNormalization", x, NodeAttributes.Of(("num_groups", 2))), X(4, 2, 2), W(2).Fixed(), W(2).Fixed()),
    ];

    private static GradientCase Fused(bool transposeA, bool transposeB, float alpha) => new(
        $"FusedMatMul {transposeA} {transposeB}",
        "com.microsoft.FusedMatMul",
        (g, x) => g.FusedMatMul(x[0], x[1], transposeA, transposeB, alpha),
        transposeA ? X(2, 4, 3) : X(2, 3, 4),
        transposeB ? X(2, 5, 4) : X(2, 4, 5));

    private static GradientCase Gemm(string name, long[] b, long[] c, params (string Name, object Value)[] attributes) =>
        new($"Gemm {name}", "Gemm", (g, x) => g.Emit("Gemm", [x[0], x[1], x[2]], NodeAttributes.Of(attributes)), X(4), W(b), W(c));

    /// <summary>All three outputs are used: what a second derivative does.</summary>
    private static Value Statistics(GraphBuilder g, Value[] x)
    {
        IReadOnlyList<Value> y = g.EmitMany("LayerNormalization", [x[0], x[1], x[2]], 3, NodeAttributes.Of(("axis", -1)));
        return g.Add(g.Mul(y[0], y[1]), g.Mul(y[2], y[2]));
    }
}
