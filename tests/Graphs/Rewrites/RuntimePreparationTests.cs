using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Graphs.Tests.Onnx;

namespace Pellucid.Graphs.Tests.Rewrites;

public class RuntimePreparationTests
{
    [Fact]
    public void Layer_normalizations_are_taken_apart_and_the_result_stays()
    {
        Graph graph = TinyTransformers.Vision().HoistTokenSelection();
        Graph prepared = graph.PrepareForRuntime();
        Assert.DoesNotContain(prepared.Nodes, n => n.OpType == "LayerNormalization");
        (string, HostTensor) input = ("patches", TinyTransformers.Patches(3));
        TensorAssert.Close(OnnxRuntimeRun.Run(graph, input)["embedding"], OnnxRuntimeRun.Run(prepared, input)["embedding"]);
        Assert.Equal(prepared.StructureHash, prepared.PrepareForRuntime().StructureHash);
    }

    [Fact]
    public void The_statistics_of_a_layer_normalization_and_far_away_values_survive()
    {
        var g = new GraphBuilder("statistics");
        Value x = g.Input("x", TensorType.Float(-1, 5));
        Value scale = g.Constant(HostTensor.Of([1f, 2, 3, 4, 5], 5));
        IReadOnlyList<Value> y = g.EmitMany("LayerNormalization", [x, scale], 3, NodeAttributes.Of(("axis", -1L), ("epsilon", 1e-5f)));
        g.Output("y", y[0]);
        g.Output("mean", y[1]);
        g.Output("inverse", y[2]);
        Dictionary<string, HostTensor> result = OnnxRuntimeRun.Run(g.Build().PrepareForRuntime(), ("x", HostTensor.Of([1001f, 1002, 1003, 1004, 1005], 1, 5)));
        double inverse = 1 / Math.Sqrt(2 + 1e-5);
        TensorAssert.Close(HostTensor.Of([1003f], 1, 1), result["mean"]);
        TensorAssert.Close(HostTensor.Of([(float)inverse], 1, 1), result["inverse"]);
        TensorAssert.Close(HostTensor.Of(Enumerable.Range(0, 5).Select(i => (float)((i - 2) * inverse * (i + 1))).ToArray(), 1, 5), result["y"]);
    }

    [Fact]
    public void QuickGelu_uses_a_gate_that_is_there()
    {
        var g = new GraphBuilder("gate");
        Value x = g.Input("x", TensorType.Float(-1, 4));
        g.Output("y", g.QuickGelu(x));
        Assert.Equal(["QuickGelu"], g.Build().PrepareForRuntime().Nodes.Select(n => n.OpType));
        g.Output("gate", g.Sigmoid(g.Scale(x, 1.702f)));
        Graph graph = g.Build(), prepared = graph.PrepareForRuntime();
        Assert.Equal(["Mul", "Mul", "Sigmoid"], prepared.Nodes.Select(n => n.OpType).Order(StringComparer.Ordinal));
        (string, HostTensor) input = ("x", HostTensor.Of([-2f, 0, 0.5f, 9], 1, 4));
        TensorAssert.Close(OnnxRuntimeRun.Run(graph, input)["y"], OnnxRuntimeRun.Run(prepared, input)["y"]);
    }
}
