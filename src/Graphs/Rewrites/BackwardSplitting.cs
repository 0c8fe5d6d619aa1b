using System.Collections.Immutable;
using System.Globalization;

namespace Pellucid.Graphs.Rewrites;

/// <summary>Takes a differentiated graph apart at the point where the cotangent enters.</summary>
public static class BackwardSplitting
{
    /// <summary>
    /// Splits a graph with a cotangent input into a forward graph, which does not need the cotangent, and a backward
    /// graph, which starts from it: gradients of many embedding dimensions or many texts through the whole depth then cost
    /// one forward and some backward runs (of about 4 cotangents each, which measured best).
    /// <para>
    /// All that does not depend on the cotangent runs forward, slopes of activations included: that is one saved tensor a
    /// nonlinearity, computed once. Reshapes are done over where they are needed rather than saved beside their source.
    /// Weights never cross; both graphs read them from the same files.
    /// </para>
    /// </summary>
    /// <param name="graph">A graph made by <c>Differentiate</c> with <c>CotangentSeed.Input</c>.</param>
    /// <param name="cotangentInput">Name of the input that takes the cotangent.</param>
    /// <exception cref="GraphException">There is no such input, or no output depends on it.</exception>
    public static ForwardBackward SplitForBackward(this Graph graph, string cotangentInput)
    {
        if (!graph.Inputs.Any(i => string.Equals(i.Name, cotangentInput, StringComparison.Ordinal)))
            throw new GraphException($"graph '{graph.Name}' has no input '{cotangentInput}'{NearestNames.Suffix(cotangentInput, graph.Inputs.Select(i => i.Name))}");
        HashSet<string> late = GraphReachability.Descendants(graph.Nodes, [cotangentInput]);
        GraphOutput[] gradients = [.. graph.Outputs.Where(o => late.Contains(o.Value))];
        if (gradients.Length == 0) throw new GraphException($"no output of graph '{graph.Name}' depends on '{cotangentInput}': there is nothing to run backward");
        HashSet<string> wanted = GraphReachability.Ancestors(graph.Nodes, gradients.Select(o => o.Value));
        var cut = new Cut(graph, graph.Nodes.Where(n => n.Outputs.Any(o => late.Contains(o) && wanted.Contains(o))));
        ImmutableArray<KeyValuePair<string, string>> saved = [.. cut.Saved.Select((v, i) => new KeyValuePair<string, string>(v, SavedName(graph, i)))];
        return new ForwardBackward(Forward(graph, gradients, saved), Backward(graph, gradients, cut, saved), [.. saved.Select(s => s.Value)]);
    }

    private static string SavedName(Graph graph, int index)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"saved.{index}");
        while (graph.Types.ContainsKey(name) || graph.Outputs.Any(o => string.Equals(o.Name, name, StringComparison.Ordinal))) name += "'";
        return name;
    }

    private static Graph Forward(Graph graph, GraphOutput[] gradients, IEnumerable<KeyValuePair<string, string>> saved)
    {
        GraphBuilder g = graph.Edit();
        g.Name = graph.Name + ", forward";
        g.ClearOutputs();
        foreach (GraphOutput output in graph.Outputs.Except(gradients)) g.Output(output.Name, new Value(output.Value, graph.Types[output.Value]));
        foreach ((string value, string name) in saved) g.Output(name, new Value(value, graph.Types[value]));
        return g.Build(keepTaps: false);
    }

    private static Graph Backward(Graph graph, GraphOutput[] gradients, Cut cut, IEnumerable<KeyValuePair<string, string>> saved)
    {
        var g = new GraphBuilder(graph.Name + ", backward");
        var names = saved.ToDictionary(StringComparer.Ordinal);
        foreach (Value input in graph.Inputs.Where(i => cut.Read.Contains(i.Name))) g.Input(input.Name, input.Type);
        foreach ((string value, string name) in names) g.Input(name, graph.Types[value]);
        foreach ((string name, Weight weight) in graph.Weights.OrderBy(p => p.Key, StringComparer.Ordinal)) if (cut.Read.Contains(name)) g.Weight(name, weight);
        foreach (Node node in cut.Nodes) g.Append(node with { Inputs = [.. node.Inputs.Select(v => names.GetValueOrDefault(v, v))] });
        foreach (GraphOutput output in gradients) g.Output(output.Name, new Value(output.Value, graph.Types[output.Value]));
        foreach ((string alias, string value) in graph.Taps) if (cut.Made.Contains(value)) g.Tap(alias, new Value(value, graph.Types[value]));
        return g.Build(keepTaps: false);
    }

    /// <summary>The backward nodes, and what crosses over to them.</summary>
    private sealed class Cut
    {
        private static readonly ImmutableHashSet<string> Views = ImmutableHashSet.Create(StringComparer.Ordinal, "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Expand", "Identity");

        public Cut(Graph graph, IEnumerable<Node> afterCotangent)
        {
            var backward = new HashSet<Node>(afterCotangent, ReferenceEqualityComparer.Instance);
            HashSet<string> varying = GraphReachability.Descendants(graph.Nodes, graph.Inputs.Select(i => i.Name));
            HashSet<string> needed = new(backward.SelectMany(n => n.Inputs), StringComparer.Ordinal);
            foreach (Node node in graph.Nodes.Reverse())
            {
                if (backward.Contains(node) || !node.Outputs.Any(o => o.Length > 0 && needed.Contains(o))) continue;
                bool constant = !node.Outputs.Any(varying.Contains);
                bool view = Views.Contains(node.QualifiedOp) && node.Inputs.Skip(1).All(v => v.Length == 0 || !varying.Contains(v));
                if (!constant && !view) continue;
                backward.Add(node);
                needed.UnionWith(node.Inputs);
            }

            Nodes = [.. graph.Nodes.Where(backward.Contains)];
            Made = new(Nodes.SelectMany(n => n.Outputs), StringComparer.Ordinal);
            Read = new(Nodes.SelectMany(n => n.Inputs), StringComparer.Ordinal);
            Saved = [.. graph.Nodes.Where(n => !backward.Contains(n)).SelectMany(n => n.Outputs).Where(o => o.Length > 0 && Read.Contains(o))];
        }

        /// <summary>Backward nodes in order.</summary>
        public ImmutableArray<Node> Nodes { get; }

        /// <summary>What they make.</summary>
        public HashSet<string> Made { get; }

        /// <summary>What they read.</summary>
        public HashSet<string> Read { get; }

        /// <summary>What they read that forward nodes make, in order.</summary>
        public ImmutableArray<string> Saved { get; }
    }
}
