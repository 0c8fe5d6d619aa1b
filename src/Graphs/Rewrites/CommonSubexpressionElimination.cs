using System.Text;

namespace Pellucid.Graphs.Rewrites;

/// <summary>Computes once what a graph computes twice.</summary>
public static class CommonSubexpressionElimination
{
    private const long LargestComparedWeight = 1 << 16;

    /// <summary>
    /// A graph in which equal operators on equal inputs, and equal constants, occur once. Gradients repeat
    /// subexpressions of the forward pass and imported models repeat shape constants; later rewrites also
    /// recognise more when equal things have one name. Taps and outputs follow.
    /// </summary>
    /// <param name="graph">The graph; unchanged.</param>
    public static Graph EliminateCommonSubexpressions(this Graph graph)
    {
        var rebuilder = new GraphRebuilder(graph);
        var seen = new Dictionary<string, Node>(StringComparer.Ordinal);
        MergeWeights(graph, rebuilder);
        foreach (Node node in graph.Nodes)
        {
            string key = Key(rebuilder.Mapped(node));
            if (IsRandom(node) || seen.TryAdd(key, node))
            {
                rebuilder.Copy(node);
                continue;
            }

            Node first = seen[key];
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                if (node.Outputs[i].Length > 0) rebuilder.Replace(node.Outputs[i], first.Outputs[i]);
            }
        }

        return rebuilder.Finish();
    }

    /// <summary>Merges weights by place or by content; large ones in memory only where they are the same object, for their bytes are many to compare.</summary>
    private static void MergeWeights(Graph graph, GraphRebuilder rebuilder)
    {
        var byContent = new Dictionary<string, string>(StringComparer.Ordinal);
        var byIdentity = new Dictionary<Weight, string>(ReferenceEqualityComparer.Instance);
        foreach ((string name, Weight weight) in graph.Weights.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            string? key = weight is FileWeight file
                ? $"{file.Type} {file.Path} {file.Offset}"
                : weight.Shape.ElementCount() <= LargestComparedWeight ? $"{weight.Type} {GraphHash.AttributeText(weight.Read())}" : null;
            string first = name;
            if (key is null ? !byIdentity.TryAdd(weight, name) : !byContent.TryAdd(key, name)) first = key is null ? byIdentity[weight] : byContent[key];
            if (!ReferenceEquals(first, name)) rebuilder.Replace(name, first);
        }
    }

    private static string Key(Node node)
    {
        var key = new StringBuilder(node.QualifiedOp);
        foreach (string input in node.Inputs) key.Append('\0').Append(input);
        foreach (string output in node.Outputs) key.Append(output.Length > 0 ? "\0+" : "\0-");
        foreach ((string name, object value) in node.Attributes) key.Append('\0').Append(name).Append('=').Append(GraphHash.AttributeText(value));
        return key.ToString();
    }

    /// <summary>Two draws are two draws.</summary>
    private static bool IsRandom(Node node) =>
        node.OpType.StartsWith("Random", StringComparison.Ordinal) || node.OpType is "Bernoulli" or "Multinomial";
}
