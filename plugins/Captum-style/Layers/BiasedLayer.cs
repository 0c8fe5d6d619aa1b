using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>A convolution with a bias or a batch normalization, with what it adds to each channel.</summary>
/// <param name="Value">Name of its output.</param>
/// <param name="Biases">[C].</param>
internal sealed record BiasedLayer(string Value, float[] Biases)
{
    /// <summary>All of a graph, in order.</summary>
    /// <exception cref="PellucidException">A bias is no weight but is computed.</exception>
    public static IReadOnlyList<BiasedLayer> Of(Graph graph) => [.. graph.Nodes
        .Where(n => n.QualifiedOp is "BatchNormalization" || (n.QualifiedOp is "Conv" && n.Inputs.Length > 2 && n.Inputs[2].Length > 0))
        .Where(n => graph.Types[n.Outputs[0]].Shape is { Rank: 4 })
        .Select(n => new BiasedLayer(n.Outputs[0], n.QualifiedOp is "Conv" ? Read(graph, n, 2) : Normalization(graph, n)))];

    /// <summary>A batch normalization is x gamma / s + (beta - mean gamma / s).</summary>
    private static float[] Normalization(Graph graph, Node node)
    {
        float[] gamma = Read(graph, node, 1), beta = Read(graph, node, 2), mean = Read(graph, node, 3), variance = Read(graph, node, 4);
        double epsilon = node.Attributes.Float("epsilon", 1e-5f);
        return [.. beta.Select((b, c) => (float)(b - (mean[c] * gamma[c] / Math.Sqrt(variance[c] + epsilon))))];
    }

    private static float[] Read(Graph graph, Node node, int input) => graph.Weights.TryGetValue(node.Inputs[input], out Weight? weight)
        ? weight.Read().ToFloat32().Floats.ToArray()
        : throw new PellucidException($"full-grad needs the bias of '{node.DisplayName}', and '{node.Inputs[input]}' is computed, no weight");
}
