using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>The graphs that layer methods run, each made once a model, size and kind of target.</summary>
internal static class LayerGraphs
{
    /// <summary>Input of <see cref="Ablated"/>: what each channel of the layer is multiplied by, [B, C, 1, 1] or [B, 1, D].</summary>
    public const string Mask = "layer_mask";

    private const string Cotangents = "layer.cotangents", Embedding = "layer.embedding";

    private static readonly DerivedGraphs<string, Graph> Graphs = new();

    /// <summary>Name of the output that holds an activation.</summary>
    public static string Activation(int layer) => $"layer.{layer}.activation";

    /// <summary>Name of the output that holds the gradients of all targets by a layer.</summary>
    public static string Gradient(int layer) => $"layer.{layer}.gradient";

    /// <summary>
    /// Scores and activations of layers and, where wanted, the gradient of each of the K scores by each layer, [K, ...], from one forward.
    /// </summary>
    public static Graph Build(TargetGraph target, IReadOnlyList<string> layers, bool activations, bool gradients) => Graphs.Get(
        target.Graph, $"{activations} {gradients} {string.Join('\n', layers)}", _ => Make(target, layers, activations, gradients));

    /// <summary>Embeddings of one image with channels of a layer switched off by <see cref="Mask"/>: a batch of masks in one run.</summary>
    public static Graph Ablated(Graph encoder, string layer) => Graphs.Get(encoder, "ablated\n" + layer, e =>
    {
        GraphBuilder g = e.Edit();
        Value value = g.Find(layer);
        TensorShape mask = value.Rank == 4 ? new TensorShape(TensorShape.Dynamic, value.Shape[1], 1, 1) : new TensorShape(TensorShape.Dynamic, 1, value.Shape[2]);
        Value masked = g.Mul(value, g.Input(Mask, TensorType.Float(mask.Dimensions)));
        IReadOnlyDictionary<string, Value> moved = g.Fork(new Dictionary<string, Value>(StringComparer.Ordinal) { [value.Name] = masked }, [EncoderNames.ImageEmbeds]);
        g.ClearOutputs();
        g.Output(EncoderNames.ImageEmbeds, moved[EncoderNames.ImageEmbeds]);
        return g.Build(keepTaps: false).HoistTokenSelection();
    });

    private static Graph Make(TargetGraph target, IReadOnlyList<string> layers, bool activations, bool gradients)
    {
        GraphBuilder g = target.Graph.Edit();
        string[] names = [.. layers.Select((_, i) => Activation(i))];
        for (int i = 0; i < names.Length; i++) g.Tap(names[i], g.Find(layers[i]));
        g.Tap(Cotangents, g.Find(EncoderNames.Cotangents));
        g.Tap(Embedding, g.Find(target.Embedding));
        g = g.Build().HoistTokenSelection(names).Edit();
        Value scores = g.Find(EncoderNames.Scores);
        IReadOnlyDictionary<string, Value>? made = gradients ? g.VectorJacobianProduct(g.Find(Embedding), g.Find(Cotangents), names) : null;
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        for (int i = 0; i < names.Length; i++)
        {
            if (activations) g.Output(names[i], g.Find(names[i]));
            if (made is not null) g.Output(Gradient(i), made[names[i]]);
        }

        return g.Build(keepTaps: false);
    }
}
