namespace Pellucid.Graphs.Rewrites;

/// <summary>Lets convolutions do the batch normalization behind them.</summary>
public static class BatchNormalizationFolding
{
    /// <summary>
    /// A convolution whose only reader is a batch normalization becomes one convolution with other weights:
    /// W' = W s, b' = (b - mean) s + bias with s = scale / sqrt(variance + epsilon), channel by channel. The result is the same up to
    /// rounding; methods that look at layers see one layer instead of two. Normalizations behind anything else stay.
    /// The new kernels are in memory, also where the old ones are in a file.
    /// </summary>
    /// <param name="graph">The graph; itself where there is nothing to fold.</param>
    public static Graph FoldBatchNormalization(this Graph graph)
    {
        var producers = graph.Nodes.Where(n => n.QualifiedOp is "Conv").ToDictionary(n => n.Outputs[0], StringComparer.Ordinal);
        ILookup<string, Node> readers = graph.Nodes.SelectMany(n => n.Inputs.Select(i => (Input: i, Node: n))).ToLookup(p => p.Input, p => p.Node, StringComparer.Ordinal);
        HashSet<string> outputs = new(graph.Outputs.Select(o => o.Value), StringComparer.Ordinal);
        var folded = graph.Nodes
            .Where(n => n.QualifiedOp is "BatchNormalization" && n.Attributes.Int("training_mode", 0) == 0 && producers.ContainsKey(n.Inputs[0])
                && readers[n.Inputs[0]].Count() == 1 && !outputs.Contains(n.Inputs[0])
                && n.Inputs.Skip(1).Concat(producers[n.Inputs[0]].Inputs.Skip(1)).All(i => i.Length == 0 || graph.Weights.ContainsKey(i)))
            .ToDictionary(n => n.Outputs[0], n => producers[n.Inputs[0]], StringComparer.Ordinal);
        if (folded.Count == 0) return graph;
        HashSet<string> dropped = new(folded.Values.Select(n => n.Outputs[0]), StringComparer.Ordinal);
        var rebuilder = new GraphRebuilder(graph);
        foreach (Node node in graph.Nodes)
        {
            if (folded.TryGetValue(node.Outputs[0], out Node? convolution)) rebuilder.G.Append(Folded(rebuilder, convolution, node));
            else if (!dropped.Contains(node.Outputs[0])) rebuilder.Copy(node);
        }

        return rebuilder.Finish();
    }

    private static Node Folded(GraphRebuilder rebuilder, Node convolution, Node normalization)
    {
        Graph graph = rebuilder.Source;
        float[] scale = Read(graph, normalization.Inputs[1]), shift = Read(graph, normalization.Inputs[2]);
        float[] mean = Read(graph, normalization.Inputs[3]), variance = Read(graph, normalization.Inputs[4]);
        float[]? bias = convolution.Inputs.Length > 2 && convolution.Inputs[2].Length > 0 ? Read(graph, convolution.Inputs[2]) : null;
        double epsilon = normalization.Attributes.Float("epsilon", 1e-5f);
        Weight old = graph.Weights[convolution.Inputs[1]];
        float[] kernel = old.Read().ToFloat32().Floats.ToArray();
        int channels = scale.Length, size = kernel.Length / channels;
        float[] offset = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double factor = scale[c] / Math.Sqrt(variance[c] + epsilon);
            for (int i = c * size; i < (c + 1) * size; i++) kernel[i] = (float)(kernel[i] * factor);
            offset[c] = (float)((((bias?[c] ?? 0f) - (double)mean[c]) * factor) + shift[c]);
        }

        GraphBuilder g = rebuilder.G;
        Value weights = g.Weight(normalization.Outputs[0] + ".folded_kernel", new InlineWeight(HostTensor.Of(kernel, old.Shape.Dimensions)));
        Value offsets = g.Weight(normalization.Outputs[0] + ".folded_bias", new InlineWeight(HostTensor.Of(offset, channels)));
        return convolution with { Inputs = [rebuilder.NameOf(convolution.Inputs[0]), weights.Name, offsets.Name], Outputs = [normalization.Outputs[0]] };
    }

    private static float[] Read(Graph graph, string weight) => graph.Weights[weight].Read().ToFloat32().Floats.ToArray();
}
