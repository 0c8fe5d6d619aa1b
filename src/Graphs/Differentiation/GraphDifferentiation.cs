using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation;

/// <summary>Reverse-mode differentiation: gradients as ordinary nodes of the same graph.</summary>
public static class GraphDifferentiation
{
    /// <summary>Name of the output that holds the gradient with respect to a value.</summary>
    public static string GradientOf(string name) => "grad." + name;

    /// <summary>Name of the input that takes the cotangents of a value.</summary>
    public static string CotangentOf(string name) => "cotangent." + name;

    /// <summary>
    /// A new graph with the vector-Jacobian products of one value with respect to others added as outputs
    /// <c>grad.NAME</c>. Outputs of the original stay.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="of">Output, tap or value to differentiate.</param>
    /// <param name="wrt">Inputs, taps or values to differentiate by.</param>
    /// <param name="seed">Where the cotangent comes from.</param>
    /// <param name="rules">Gradient rules; null for <see cref="GradientRules.Standard"/>.</param>
    /// <exception cref="GraphException">A name does not exist, nothing connects the two, or an operator between them has no rule.</exception>
    public static Graph Differentiate(
        this Graph graph, string of, IReadOnlyList<string> wrt, CotangentSeed seed = CotangentSeed.Input, GradientRules? rules = null)
    {
        GraphBuilder g = graph.Edit();
        Value target = g.Find(of);
        Value cotangent = seed == CotangentSeed.Input
            ? g.Input(CotangentOf(of), target.Type)
            : g.OnesLike(target);
        IReadOnlyDictionary<string, Value> gradients = g.VectorJacobianProduct(target, cotangent, wrt, rules);
        foreach (string name in wrt) g.Output(GradientOf(name), gradients[name]);
        return g.Build();
    }

    /// <summary>
    /// Appends the nodes of a vector-Jacobian product to a graph under construction. The cotangent may have a larger
    /// batch than the target (K cotangents against one forward of batch 1): the gradients then have that batch too.
    /// That works where every value on the way has a batch axis, of length 1 or dynamic in the graph; a value without
    /// one (a weight) gets the sum. Operators that mix samples refuse, here or, where only a run can know, by a shape
    /// error of the run. Only what the asked gradients need is emitted.
    /// </summary>
    /// <param name="g">The graph under construction.</param>
    /// <param name="of">Value to differentiate.</param>
    /// <param name="cotangent">Its cotangent, of the same shape apart from the batch.</param>
    /// <param name="wrt">Inputs, taps or values to differentiate by.</param>
    /// <param name="rules">Gradient rules; null for <see cref="GradientRules.Standard"/>.</param>
    /// <returns>The gradient of each name in <paramref name="wrt"/>.</returns>
    /// <exception cref="GraphException">A name does not exist, nothing connects the two, or an operator between them has no rule.</exception>
    public static IReadOnlyDictionary<string, Value> VectorJacobianProduct(
        this GraphBuilder g, Value of, Value cotangent, IReadOnlyList<string> wrt, GradientRules? rules = null)
    {
        rules ??= GradientRules.Standard;
        var wanted = wrt.ToDictionary(n => n, n => g.Find(n).Name, StringComparer.Ordinal);
        Node[] nodes = [.. g.Nodes];
        HashSet<string> reaching = GraphReachability.Descendants(nodes, wanted.Values);
        HashSet<string> ancestors = GraphReachability.Ancestors(nodes, [of.Name]);
        foreach ((string name, string value) in wanted)
        {
            if (!g.TypeOf(value).Element.IsFloatingPoint()) throw new GraphException($"'{name}' is {g.TypeOf(value)}: only floating-point values have gradients");
            if (!ancestors.Contains(value)) throw new GraphException($"'{of.Name}' of graph '{g.Name}' does not depend on '{name}', so there is no gradient");
        }

        var cotangents = new Dictionary<string, List<Value>>(StringComparer.Ordinal) { [of.Name] = [cotangent] };

        Value? Sum(string value)
        {
            if (!cotangents.TryGetValue(value, out List<Value>? parts)) return null;
            while (parts.Count > 1)
            {
                Value sum = g.Add(parts[0], parts[1]);
                parts.RemoveRange(0, 2);
                parts.Add(sum);
            }

            return parts[0];
        }

        bool Needs(string value) => reaching.Contains(value) && ancestors.Contains(value) && g.TypeOf(value).Element.IsFloatingPoint();

        void Accumulate(string value, Value contribution)
        {
            if (!cotangents.TryGetValue(value, out List<Value>? parts)) cotangents[value] = parts = [];
            parts.Add(contribution);
        }

        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            Node node = nodes[i];
            if (!node.Outputs.Any(cotangents.ContainsKey) || !node.Inputs.Any(v => v.Length > 0 && Needs(v))) continue;
            GradientRule rule = rules.For(node);
            var scope = new GradientScope(g, node, Sum, Needs, Accumulate);
            rule(scope);
            foreach (string unread in scope.UnreadCotangents()) throw scope.Refuse($"the rule does not handle a gradient that arrives at its output '{unread}'");
        }

        return wanted.ToDictionary(
            p => p.Key,
            p => Sum(p.Value) ?? throw new GraphException($"every path from '{p.Key}' to '{of.Name}' goes through an operator that passes no gradient (a comparison, an index or a rounding)"),
            StringComparer.Ordinal);
    }
}
