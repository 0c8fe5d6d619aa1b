using System.Collections.Immutable;

namespace Pellucid.Graphs.Differentiation;

/// <summary>Takes a differentiated graph apart, so that many cotangents need only one forward run.</summary>
public static class GraphSplitting
{
    /// <summary>
    /// Splits a graph at an input, usually a cotangent (<see cref="GraphDifferentiation.CotangentOf"/>). Both halves together
    /// compute what the graph computes. What depends on weights alone is not saved: each half that needs it has it.
    /// </summary>
    /// <param name="graph">A graph made with <see cref="CotangentSeed.Input"/>.</param>
    /// <param name="input">The input whose dependents become the backward half.</param>
    /// <exception cref="GraphException">There is no such input, or no output depends on it.</exception>
    public static GraphHalves SplitAt(this Graph graph, string input)
    {
        if (!graph.Inputs.Any(i => string.Equals(i.Name, input, StringComparison.Ordinal)))
            throw new GraphException($"graph '{graph.Name}' has no input '{input}' to split at{NearestNames.Suffix(input, graph.Inputs.Select(i => i.Name))}");
        HashSet<string> late = GraphReachability.Descendants(graph.Nodes, [input]);
        GraphOutput[] lateOutputs = [.. graph.Outputs.Where(o => late.Contains(o.Value))];
        if (lateOutputs.Length == 0) throw new GraphException($"no output of graph '{graph.Name}' depends on input '{input}', so there is nothing to split off");

        HashSet<string> wanted = GraphReachability.Ancestors(graph.Nodes, lateOutputs.Select(o => o.Value));
        Node[] lateNodes = [.. graph.Nodes.Where(n => n.Outputs.Any(o => o.Length > 0 && late.Contains(o) && wanted.Contains(o)))];
        HashSet<string> varying = GraphReachability.Descendants(graph.Nodes, graph.Inputs.Select(i => i.Name));
        string[] border = [.. lateNodes.SelectMany(n => n.Inputs).Where(v => v.Length > 0 && varying.Contains(v) && !late.Contains(v)).Distinct(StringComparer.Ordinal)];
        var inputs = new HashSet<string>(graph.Inputs.Select(i => i.Name), StringComparer.Ordinal);
        string[] saved = [.. border.Where(v => !inputs.Contains(v))];
        return new GraphHalves(Forward(graph, late, saved), Backward(graph, input, lateNodes, border, inputs, varying, lateOutputs));
    }

    private static string SavedName(string value) => "saved." + value;

    private static Graph Forward(Graph graph, HashSet<string> late, string[] saved)
    {
        GraphBuilder g = graph.Edit();
        g.Name = graph.Name + ".forward";
        g.ClearOutputs();
        foreach (GraphOutput output in graph.Outputs.Where(o => !late.Contains(o.Value))) g.Output(output.Name, g.Find(output.Value));
        foreach (string value in saved) g.Output(SavedName(value), new Value(value, graph.Types[value]));
        return g.Build(keepTaps: false);
    }

    private static Graph Backward(
        Graph graph, string input, Node[] lateNodes, string[] border, HashSet<string> inputs, HashSet<string> varying, GraphOutput[] outputs)
    {
        var g = new GraphBuilder(graph.Name + ".backward");
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [string.Empty] = string.Empty };
        foreach (string value in border.Append(input).Distinct(StringComparer.Ordinal))
            names[value] = g.Input(inputs.Contains(value) ? value : SavedName(value), graph.Types[value]).Name;

        HashSet<string> needed = GraphReachability.Ancestors(graph.Nodes, lateNodes.SelectMany(n => n.Inputs).Where(v => v.Length > 0 && !varying.Contains(v)));
        foreach ((string name, Weight weight) in graph.Weights.Where(w => needed.Contains(w.Key)).OrderBy(w => w.Key, StringComparer.Ordinal)) names[name] = g.Weight(name, weight).Name;

        // What weights alone determine, then what the cotangent determines: both in the order of the graph.
        var wanted = new HashSet<Node>(lateNodes, ReferenceEqualityComparer.Instance);
        foreach (Node node in graph.Nodes)
        {
            bool constant = node.Outputs.All(o => !varying.Contains(o)) && node.Outputs.Any(o => o.Length > 0 && needed.Contains(o));
            if (!constant && !wanted.Contains(node)) continue;
            ImmutableArray<string> renamed = [.. node.Inputs.Select(v => names[v])];
            g.Append(node with { Inputs = renamed });
            foreach (string output in node.Outputs) names[output] = output;
        }

        foreach (GraphOutput output in outputs) g.Output(output.Name, g.Find(names[output.Value]));
        return g.Build();
    }
}
