using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Graphs.Tests.Onnx;

namespace Pellucid.Graphs.Tests.Rewrites;

/// <summary>A batch normalization becomes part of the convolution before it, and only of one that nothing else reads.</summary>
public sealed class BatchNormalizationFoldingTests
{
    private static readonly HostTensor X = Wave(1, 2, 3, 5, 5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_normalized_convolution_becomes_one_convolution(bool biased)
    {
        Graph graph = Make(biased, (_, convolution, normalized) => normalized), folded = graph.FoldBatchNormalization();
        Assert.Equal(["Conv", "Relu"], folded.Nodes.Select(n => n.OpType));
        TensorAssert.Close(OnnxRuntimeRun.Run(graph, ("x", X))["y"], OnnxRuntimeRun.Run(folded, ("x", X))["y"]);
    }

    [Fact]
    public void A_convolution_that_is_read_elsewhere_keeps_its_value()
    {
        Graph graph = Make(biased: true, (g, convolution, normalized) => g.Add(convolution, normalized));
        Assert.Same(graph, graph.FoldBatchNormalization());
    }

    [Fact]
    public void A_normalization_of_something_else_stays()
    {
        var g = new GraphBuilder("test");
        g.Output("y", Normalized(g, g.Relu(g.Input("x", TensorType.Float(-1, 3, 5, 5))), 3));
        Graph graph = g.Build();
        Assert.Same(graph, graph.FoldBatchNormalization());
    }

    private static Graph Make(bool biased, Func<GraphBuilder, Value, Value, Value> end)
    {
        var g = new GraphBuilder("test");
        Value?[] inputs = [g.Input("x", TensorType.Float(-1, 3, 5, 5)), g.Constant(Wave(2, 4, 3, 3, 3))];
        Value convolution = g.Emit("Conv", biased ? [.. inputs, g.Constant(Wave(3, 4))] : inputs, NodeAttributes.Of(("kernel_shape", new long[] { 3, 3 })));
        g.Output("y", g.Relu(end(g, convolution, Normalized(g, convolution, 4))));
        return g.Build();
    }

    private static Value Normalized(GraphBuilder g, Value x, long channels) => g.Emit(
        "BatchNormalization", [x, g.Constant(Wave(4, channels)), g.Constant(Wave(5, channels)), g.Constant(Wave(6, channels)), g.Constant(HostTensor.Of(Enumerable.Repeat(0.7f, (int)channels).ToArray(), channels))],
        NodeAttributes.Of(("epsilon", 1e-3f)));

    private static HostTensor Wave(int phase, params long[] shape) =>
        HostTensor.Of(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)Math.Sin((i * 0.7) + phase)).ToArray(), shape);
}
