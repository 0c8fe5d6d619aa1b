namespace Pellucid.Graphs;

/// <summary>Which values lead to, or follow from, others.</summary>
internal static class GraphReachability
{
    /// <summary>The roots and everything that they are computed from. Nodes must be in topological order.</summary>
    public static HashSet<string> Ancestors(IReadOnlyList<Node> nodes, IEnumerable<string> roots)
    {
        var needed = new HashSet<string>(roots, StringComparer.Ordinal);
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            Node node = nodes[i];
            if (!node.Outputs.Any(o => o.Length > 0 && needed.Contains(o))) continue;
            foreach (string input in node.Inputs) if (input.Length > 0) needed.Add(input);
        }

        return needed;
    }

    /// <summary>The roots and everything that is computed from them. Nodes must be in topological order.</summary>
    public static HashSet<string> Descendants(IReadOnlyList<Node> nodes, IEnumerable<string> roots)
    {
        var reached = new HashSet<string>(roots, StringComparer.Ordinal);
        foreach (Node node in nodes)
        {
            if (!node.Inputs.Any(reached.Contains)) continue;
            foreach (string output in node.Outputs) if (output.Length > 0) reached.Add(output);
        }

        return reached;
    }
}
