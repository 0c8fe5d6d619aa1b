namespace Pellucid.Graphs.Rewrites;

/// <summary>Keeps only what is asked for.</summary>
public static class Pruning
{
    /// <summary>
    /// A graph that computes the named values and nothing else: nodes, inputs and weights that they do not need are
    /// dropped, and with them the taps that no longer have a value.
    /// </summary>
    /// <param name="graph">The graph; unchanged.</param>
    /// <param name="outputs">Outputs, taps or values, which become the outputs under these names, in this order.</param>
    /// <exception cref="GraphException">A name does not exist; the message lists the nearest ones.</exception>
    public static Graph Prune(this Graph graph, params IReadOnlyList<string> outputs)
    {
        GraphBuilder g = graph.Edit();
        Value[] values = [.. outputs.Select(g.Find)];
        g.ClearOutputs();
        for (int i = 0; i < values.Length; i++) g.Output(outputs[i], values[i]);
        return g.Build(keepTaps: false);
    }
}
