using Pellucid.Graphs.Differentiation;
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
        Assert.Equal(["Mul", "Mul", "Mul", "Sigmoid"], prepared.Nodes.Select(n => n.OpType).Order(StringComparer.Ordinal));
        (string, HostTensor) input = ("x", HostTensor.Of([-2f, 0, 0.5f, 9], 1, 4));
        TensorAssert.Close(OnnxRuntimeRun.Run(graph, input)["y"], OnnxRuntimeRun.Run(prepared, input)["y"]);
    }

    [Fact]
    public void Factors_around_an_activation_go_into_the_products_beside_it()
    {
        var g = new GraphBuilder("mlp");
        Value x = g.Input("x", TensorType.Float(-1, 3));
        Value hidden = g.Affine(x, Weight(g, "expand", 4, 3), Weight(g, "bias", 4));
        g.Output("y", g.Affine(g.QuickGelu(hidden), Weight(g, "contract", 2, 4), null));
        Graph graph = g.Build().Differentiate("y", ["x"]);
        Graph prepared = graph.PrepareForRuntime();

        // Beside the scaled bias, which is a constant: u = t p, u (1 - p), and the slope times the cotangent.
        Assert.Equal(4, prepared.Nodes.Count(n => n.OpType == "Mul"));
        (string, HostTensor)[] inputs = [("x", HostTensor.Of([0.3f, -2, 1.5f], 1, 3)), ("cotangent.y", HostTensor.Of([1f, -0.5f], 1, 2))];
        Dictionary<string, HostTensor> expected = OnnxRuntimeRun.Run(graph, inputs), actual = OnnxRuntimeRun.Run(prepared, inputs);
        TensorAssert.Close(expected["y"], actual["y"]);
        TensorAssert.Close(expected["grad.x"], actual["grad.x"]);
    }

    [Fact]
    public void The_gradient_of_attention_sums_over_channels_and_not_over_tokens()
    {
        var g = new GraphBuilder("attention");
        Value q = g.Input("q", TensorType.Float(-1, 6, 4));
        (Value mixed, _) = g.ScaledDotProduct(q, q, q, heads: 2);
        g.Output("y", mixed);
        Graph graph = g.Build().Differentiate("y", ["q"]);
        Graph prepared = graph.PrepareForRuntime();
        Assert.All(prepared.Nodes.Where(n => n.OpType == "ReduceSum"), n => Assert.Equal(2, prepared.Types[n.Inputs[0]].Shape![^1]));
        HostTensor values = HostTensor.Of([.. Enumerable.Range(0, 24).Select(i => MathF.Sin(i))], 1, 6, 4);
        HostTensor cotangent = HostTensor.Of([.. Enumerable.Range(0, 24).Select(i => MathF.Cos(3 * i))], 1, 6, 4);
        TensorAssert.Close(
            OnnxRuntimeRun.Run(graph, ("q", values), ("cotangent.y", cotangent))["grad.q"],
            OnnxRuntimeRun.Run(prepared, ("q", values), ("cotangent.y", cotangent))["grad.q"]);
    }

    private static Value Weight(GraphBuilder g, string name, params long[] shape)
    {
        int count = (int)new TensorShape(shape).ElementCount();
        return g.Weight(name, new InlineWeight(HostTensor.Of([.. Enumerable.Range(0, count).Select(i => MathF.Sin(7 * i + name.Length))], shape)));
    }
}
