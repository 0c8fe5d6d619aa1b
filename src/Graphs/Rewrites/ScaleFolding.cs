namespace Pellucid.Graphs.Rewrites;

/// <summary>Lets matrix products do the multiplications by constants around them.</summary>
internal static class ScaleFolding
{
    /// <summary>
    /// A product scales its result for nothing, a multiplication by a scalar is a pass over a whole tensor. So c (A B + b) becomes
    /// (c A) B + c b, and (c x) W becomes c (x W), wherever the unscaled value is not needed otherwise.
    /// </summary>
    public static Graph FoldScales(this Graph graph)
    {
        var plan = new Plan(graph);
        if (plan.IsEmpty) return graph;
        var rebuilder = new GraphRebuilder(graph);
        foreach (Node node in graph.Nodes)
        {
            if (plan.Dropped.TryGetValue(node.Outputs[0], out string? source)) rebuilder.Replace(node.Outputs[0], rebuilder.NameOf(source));
            else if (plan.Biased.TryGetValue(node.Outputs[0], out (string Bias, float Factor) add)) ScaleBias(rebuilder, node, add.Bias, add.Factor);
            else if (plan.Products.TryGetValue(node.Outputs[0], out float alpha)) rebuilder.G.Append(Scaled(rebuilder.Mapped(node), alpha));
            else rebuilder.Copy(node);
        }

        return rebuilder.Finish();
    }

    private static bool IsProduct(Node node) => node.QualifiedOp is "MatMul" or "com.microsoft.FusedMatMul";

    private static Node Scaled(Node product, float factor) => product with
    {
        OpType = "FusedMatMul",
        Domain = Node.MicrosoftDomain,
        Attributes = NodeAttributes.Of(
            ("transA", product.Attributes.Int("transA", 0)), ("transB", product.Attributes.Int("transB", 0)),
            ("alpha", product.Attributes.Float("alpha", 1f) * factor)),
    };

    /// <summary>The bias is a weight, so its scaled copy is made once, when the graph is compiled.</summary>
    private static void ScaleBias(GraphRebuilder rebuilder, Node add, string bias, float factor)
    {
        GraphBuilder g = rebuilder.G;
        Value scaled = g.Emit("Mul", [rebuilder.Of(bias), g.Constant(factor)]);
        g.Append(add with { Inputs = [.. add.Inputs.Select(v => v == bias ? scaled.Name : rebuilder.NameOf(v))] });
    }

    /// <summary>What to fold where.</summary>
    private sealed class Plan
    {
        private readonly Graph _graph;
        private readonly ILookup<string, Node> _readers;
        private readonly Dictionary<string, Node> _makers;
        private readonly HashSet<string> _outputs;

        public Plan(Graph graph)
        {
            _graph = graph;
            _readers = graph.Nodes.SelectMany(n => n.Inputs.Distinct(StringComparer.Ordinal).Select(i => (i, n))).ToLookup(p => p.i, p => p.n, StringComparer.Ordinal);
            _makers = graph.Nodes.SelectMany(n => n.Outputs.Where(o => o.Length > 0).Select(o => (o, n))).ToDictionary(p => p.o, p => p.n, StringComparer.Ordinal);
            _outputs = new(graph.Outputs.Select(o => o.Value), StringComparer.Ordinal);
            foreach (Node node in graph.Nodes) if (Scale(node) is { } scale && !TryIntoReaders(node, scale.Value, scale.Factor)) TryIntoMaker(node, scale.Value, scale.Factor);
        }

        /// <summary>Result of a multiplication that goes, to the value that takes its place.</summary>
        public Dictionary<string, string> Dropped { get; } = new(StringComparer.Ordinal);

        /// <summary>Result of an addition whose bias is scaled.</summary>
        public Dictionary<string, (string Bias, float Factor)> Biased { get; } = new(StringComparer.Ordinal);

        /// <summary>Result of a product, to its further factor.</summary>
        public Dictionary<string, float> Products { get; } = new(StringComparer.Ordinal);

        public bool IsEmpty => Dropped.Count == 0;

        /// <summary>A multiplication by a constant float scalar, or null.</summary>
        private (string Value, float Factor)? Scale(Node node)
        {
            if (node.QualifiedOp != "Mul" || _graph.Types[node.Outputs[0]].Element != ElementType.Float32) return null;
            for (int i = 0; i < 2; i++)
            {
                if (_graph.Weights.TryGetValue(node.Inputs[i], out Weight? weight) && weight is InlineWeight { Shape.Rank: 0 } && !_graph.Weights.ContainsKey(node.Inputs[1 - i]))
                    return (node.Inputs[1 - i], weight.Read().Floats[0]);
            }

            return null;
        }

        private bool TryIntoReaders(Node node, string source, float factor)
        {
            string result = node.Outputs[0];
            Node[] readers = [.. _readers[result]];
            if (readers.Length == 0 || _outputs.Contains(result)) return false;
            if (!Array.TrueForAll(readers, r => IsProduct(r) && r.Inputs.Count(i => i == result) == 1)) return false;
            foreach (Node reader in readers) Multiply(reader, factor);
            Dropped[result] = source;
            return true;
        }

        private void TryIntoMaker(Node node, string source, float factor)
        {
            if (_outputs.Contains(source) || _readers[source].Count() != 1 || !_makers.TryGetValue(source, out Node? add) || add.QualifiedOp != "Add") return;
            string? bias = add.Inputs.FirstOrDefault(_graph.Weights.ContainsKey), sum = add.Inputs.FirstOrDefault(i => !_graph.Weights.ContainsKey(i));
            if (bias is null || sum is null || _graph.Weights[bias].Shape.Rank > 1 || _outputs.Contains(sum) || _readers[sum].Count() != 1) return;
            if (!_makers.TryGetValue(sum, out Node? product) || !IsProduct(product)) return;
            Multiply(product, factor);
            Biased[source] = (bias, factor);
            Dropped[node.Outputs[0]] = source;
        }

        private void Multiply(Node product, float factor) =>
            Products[product.Outputs[0]] = Products.GetValueOrDefault(product.Outputs[0], 1f) * factor;
    }
}
