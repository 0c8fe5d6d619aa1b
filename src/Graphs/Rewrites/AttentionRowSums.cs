namespace Pellucid.Graphs.Rewrites;

/// <summary>A cheaper row sum in the gradient of attention.</summary>
internal static class AttentionRowSums
{
    /// <summary>
    /// The gradient of the softmax P in O = P V needs, for each row, sum_j dP_ij P_ij with dP = dO V^T. That is sum_c dO_ic O_ic
    /// (Dao et al. 2022, FlashAttention, appendix B.2): over the D channels of a head instead of all N tokens, and without
    /// the pass over the N x N probabilities.
    /// </summary>
    public static Graph ShortenAttentionRowSums(this Graph graph)
    {
        Dictionary<string, Node> makers = graph.Nodes.SelectMany(n => n.Outputs.Where(o => o.Length > 0).Select(o => (o, n))).ToDictionary(p => p.o, p => p.n, StringComparer.Ordinal);
        Dictionary<(string Probabilities, string Values), string> mixed = [];
        foreach (Node node in graph.Nodes.Where(n => n.QualifiedOp == "MatMul")) mixed.TryAdd((node.Inputs[0], node.Inputs[1]), node.Outputs[0]);
        var rebuilder = new GraphRebuilder(graph);
        foreach (Node node in graph.Nodes)
        {
            if (Match(graph, node, makers, mixed) is not { } found || !rebuilder.Made(found.Output))
            {
                rebuilder.Copy(node);
                continue;
            }

            Value product = rebuilder.G.Emit("Mul", [rebuilder.Of(found.Cotangent), rebuilder.Of(found.Output)]);
            rebuilder.G.Append(rebuilder.Mapped(node) with { Inputs = [product.Name, rebuilder.NameOf(node.Inputs[1])] });
        }

        return rebuilder.Finish();
    }

    private static (string Cotangent, string Output)? Match(
        Graph graph, Node sum, Dictionary<string, Node> makers, Dictionary<(string Probabilities, string Values), string> mixed)
    {
        if (sum.QualifiedOp != "ReduceSum" || !IsLastAxis(graph, sum) || !makers.TryGetValue(sum.Inputs[0], out Node? weighted) || weighted.QualifiedOp != "Mul") return null;
        for (int i = 0; i < 2; i++)
        {
            if (!makers.TryGetValue(weighted.Inputs[i], out Node? product) || product.QualifiedOp != "com.microsoft.FusedMatMul") continue;
            bool transposed = product.Attributes.Int("transB", 0) == 1 && product.Attributes.Int("transA", 0) == 0 && product.Attributes.Float("alpha", 1f) == 1f;
            if (transposed && mixed.TryGetValue((weighted.Inputs[1 - i], product.Inputs[1]), out string? output)
                && IsNarrower(graph, output, weighted.Inputs[1 - i])) return (product.Inputs[0], output);
        }

        return null;
    }

    private static bool IsLastAxis(Graph graph, Node sum) =>
        sum.Inputs.Length == 2 && graph.Weights.TryGetValue(sum.Inputs[1], out Weight? axes) && axes is InlineWeight && axes.Shape.ElementCount() == 1
        && graph.Types[sum.Inputs[0]].Shape is { } shape && axes.Read().Int64s[0] is var axis && (axis == -1 || axis == shape.Rank - 1);

    private static bool IsNarrower(Graph graph, string output, string probabilities) =>
        graph.Types[output].Shape is { } o && graph.Types[probabilities].Shape is { } p && o[^1] > 0 && o[^1] <= p[^1];
}
