namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>
/// x W^T with the transpose said as an operator: FusedMatMul reads the weight as it lies in its file, where the
/// runtime would fold the transpose into a second copy.
/// </summary>
internal static class TransposedWeightFusion
{
    public static Fused? Match(Node node, Pattern p)
    {
        if (node.QualifiedOp is not "MatMul" || p.Made(node.Inputs[1], "Transpose") is not { } transpose) return null;
        if (p.Builder.WeightOf(transpose.Inputs[0]) is not { Shape.Rank: 2 }) return null;
        if (transpose.Attributes.Ints("perm") is { } order && !order.SequenceEqual([1L, 0L])) return null;
        NodeAttributes attributes = NodeAttributes.Of(("transA", 0L), ("transB", 1L), ("alpha", 1f));
        return new Fused("FusedMatMul", [p.Builder.Find(node.Inputs[0]), p.Builder.Find(transpose.Inputs[0])], attributes, Node.MicrosoftDomain);
    }
}
