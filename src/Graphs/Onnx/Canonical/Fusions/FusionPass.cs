namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>
/// Puts operators back together that an exporter took apart. Each fusion looks backwards from the last node of its
/// pattern, and names the one node that makes the same value; what it no longer needs is dropped at the end.
/// </summary>
internal static class FusionPass
{
    private static readonly Func<Node, Pattern, Fused?>[] Fusions =
    [
        QuickGeluFusion.Match, GeluFusion.Match, LayerNormFusion.MatchNormalized, LayerNormFusion.MatchScale, LayerNormFusion.MatchBias,
        TransposedWeightFusion.Match,
    ];

    public static Graph Run(Graph graph)
    {
        var g = new GraphBuilder(graph.Name);
        foreach (Value input in graph.Inputs) g.Input(input.Name, input.Type);
        foreach ((string name, Weight weight) in graph.Weights.OrderBy(w => w.Key, StringComparer.Ordinal)) g.Weight(name, weight);
        var pattern = new Pattern(g);
        foreach (Node node in graph.Nodes)
        {
            Fused? fused = null;
            if (node.Outputs.Length == 1) foreach (Func<Node, Pattern, Fused?> match in Fusions) fused ??= match(node, pattern);
            g.Append(fused is null
                ? node
                : new Node(fused.OpType, [.. fused.Inputs.Select(i => i.Name)], node.Outputs, fused.Attributes, fused.Domain, node.Name));
        }

        foreach ((string alias, string value) in graph.Taps) g.Tap(alias, g.Find(value));
        foreach (GraphOutput output in graph.Outputs) g.Output(output.Name, new Value(output.Value, g.TypeOf(output.Value)));
        return g.Build();
    }
}
