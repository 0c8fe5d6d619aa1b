using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Models;

/// <summary>
/// Elements of a tap as targets: the tap takes the embedding's place, and the cotangents are 1 at the element. Nothing behind the tap is computed.
/// </summary>
internal sealed class TapTargetGraphs
{
    private const string Selector = "tap_selector";

    private readonly DerivedGraphs<string, TensorShape> _shapes = new();
    private readonly DerivedGraphs<string, Graph> _graphs = new();

    /// <summary>The encoder up to a tap, with elements of it as scores.</summary>
    public TargetGraph Build(Graph encoder, IReadOnlyList<ExplanationTarget> targets)
    {
        string tap = ((TapTarget)targets[0]).Tap;
        TensorShape shape = _shapes.Get(encoder, tap, e => ShapeOfOne(e, tap));
        int size = checked((int)shape.ElementCount());
        float[] selector = new float[targets.Count * size];
        for (int k = 0; k < targets.Count; k++) selector[(k * size) + ((TapTarget)targets[k]).OffsetIn(shape)] = 1;
        Graph graph = _graphs.Get(encoder, tap, e => Append(e, tap, shape));
        return new TargetGraph(
            graph, encoder.Inputs[0].Name, tap,
            new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Selector] = HostTensor.Of(selector, shape.With(0, targets.Count)) });
    }

    private static Graph Append(Graph encoder, string tap, TensorShape shape)
    {
        GraphBuilder g = encoder.Edit();
        Value own = g.Find(tap);
        Value selector = g.Input(Selector, TensorType.Float(shape.With(0, TensorShape.Dynamic).Dimensions));
        long[] axes = [.. Enumerable.Range(1, shape.Rank - 1).Select(i => (long)i)];
        Value product = g.Mul(own, selector);
        g.ClearOutputs();
        g.Output(tap, own);
        g.Output(EncoderNames.Scores, axes.Length == 0 ? product : g.ReduceSum(product, axes, keepDimensions: false));
        // As many rows as there are images or targets, whichever are more.
        g.Output(EncoderNames.Cotangents, g.Add(g.Scale(own, 0), selector));
        return g.Build();
    }

    /// <summary>Shape of a tap for one image, [1, ...].</summary>
    private static TensorShape ShapeOfOne(Graph encoder, string tap)
    {
        GraphBuilder cut = encoder.Edit();
        Value value = cut.Find(tap);
        if (value.Type is not { Shape: not null } || !value.Type.Element.IsFloatingPoint() || cut.WeightOf(value.Name) is not null)
            throw new PellucidException($"tap '{tap}' is {value.Type}{(cut.WeightOf(value.Name) is null ? string.Empty : ", a weight")}: no element of it depends on the image smoothly");
        cut.ClearOutputs();
        cut.Output(tap, value);
        Graph needed = cut.Build(keepTaps: false);
        if (needed.Inputs.Length == 0) throw new PellucidException($"tap '{tap}' does not depend on the image");
        var one = new GraphBuilder(needed.Name);
        foreach (Value input in needed.Inputs) one.Input(input.Name, input.Type with { Shape = input.Shape.With(0, 1) });
        foreach ((string name, Weight weight) in needed.Weights) one.Weight(name, weight);
        foreach (Node node in needed.Nodes) one.Append(node);
        TensorShape shape = one.TypeOf(value.Name).Shape!;
        if (shape.Rank == 0 || shape[0] != 1 || !shape.IsFixed)
            throw new PellucidException($"tap '{tap}' is {shape} for one image: its first axis does not count images, so no element belongs to one");
        return shape;
    }
}
