namespace Pellucid.Graphs.Rewrites;

/// <summary>Removes passes over memory that change nothing.</summary>
public static class Simplification
{
    /// <summary>
    /// A graph without operators that do nothing (x * 1, x + 0, a Reshape or Transpose to the layout that is already there)
    /// and with chains of Reshapes or Transposes made one. Gradient rules, each written on its own, leave such pairs where
    /// they meet. Then equal subexpressions are merged. Taps and outputs follow.
    /// </summary>
    /// <param name="graph">The graph; unchanged.</param>
    public static Graph Simplify(this Graph graph)
    {
        var rebuilder = new GraphRebuilder(graph);
        var producers = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            Node mapped = rebuilder.Mapped(node);
            if (Neutral(mapped, rebuilder.G) is { } same && Equals(rebuilder.G.TypeOf(same), graph.Types[node.Outputs[0]]))
            {
                rebuilder.Replace(node.Outputs[0], same);
                continue;
            }

            Node simple = Joined(mapped, rebuilder.G, producers);
            if (IsIdentityTranspose(simple) || (simple.QualifiedOp == "Reshape" && KeepsShape(simple, rebuilder.G)))
            {
                rebuilder.Replace(node.Outputs[0], simple.Inputs[0]);
                continue;
            }

            rebuilder.G.Append(simple);
            foreach (string output in simple.Outputs) if (output.Length > 0) producers[output] = simple;
        }

        return rebuilder.Finish().EliminateCommonSubexpressions();
    }

    /// <summary>The input that the node returns as it is, or null.</summary>
    private static string? Neutral(Node node, GraphBuilder g) => node.QualifiedOp switch
    {
        "Identity" => node.Inputs[0],
        "Mul" => IsAll(g, node.Inputs[1], 1) ? node.Inputs[0] : IsAll(g, node.Inputs[0], 1) ? node.Inputs[1] : null,
        "Add" => IsAll(g, node.Inputs[1], 0) ? node.Inputs[0] : IsAll(g, node.Inputs[0], 0) ? node.Inputs[1] : null,
        "Div" => IsAll(g, node.Inputs[1], 1) ? node.Inputs[0] : null,
        "Sub" => IsAll(g, node.Inputs[1], 0) ? node.Inputs[0] : null,
        _ => null,
    };

    private static bool IsAll(GraphBuilder g, string value, float number) =>
        g.WeightOf(value) is InlineWeight { Type.Element: ElementType.Float32 } weight && !weight.Read().Floats.ContainsAnyExcept(number);

    /// <summary>With at most one dimension left to infer, equal shapes mean equal layout.</summary>
    private static bool KeepsShape(Node node, GraphBuilder g)
    {
        TensorShape? from = g.TypeOf(node.Inputs[0]).Shape;
        return from is not null && g.ConstantOf(node.Inputs[1]) is { ElementType: ElementType.Int64 } target
            && from.Rank == target.Length && from.Count(d => d == TensorShape.Dynamic) <= 1 && from.Dimensions.SequenceEqual(target.Int64s);
    }

    /// <summary>A Reshape of a Reshape, or a Transpose of a Transpose, reads what the first one read.</summary>
    private static Node Joined(Node node, GraphBuilder g, Dictionary<string, Node> producers)
    {
        if (node.Domain.Length > 0 || node.Inputs.Length == 0 || !producers.TryGetValue(node.Inputs[0], out Node? before)) return node;
        if (node.OpType == "Reshape" && before.QualifiedOp is ("Reshape" or "Squeeze" or "Unsqueeze" or "Flatten")
            && g.ConstantOf(node.Inputs[1]) is { ElementType: ElementType.Int64 } target && !target.Int64s.Contains(0))
        {
            return Joined(node with { Inputs = [before.Inputs[0], node.Inputs[1]] }, g, producers);
        }

        if (node.OpType == "Transpose" && before.QualifiedOp == "Transpose"
            && node.Attributes.Ints("perm") is { } second && before.Attributes.Ints("perm") is { } first)
        {
            return node with { Inputs = before.Inputs, Attributes = NodeAttributes.Of(("perm", second.Select(i => first[i]).ToArray())) };
        }

        return node;
    }

    private static bool IsIdentityTranspose(Node node) =>
        node.QualifiedOp == "Transpose" && node.Attributes.Ints("perm") is { } order && order.Select((axis, i) => axis == i).All(same => same);
}
