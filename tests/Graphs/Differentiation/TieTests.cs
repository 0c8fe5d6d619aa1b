using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>What the rules say where a slope does not exist: PyTorch's choices.</summary>
public class TieTests
{
    [Fact]
    public void Max_and_Min_share_between_equal_operands()
    {
        Assert.Equal([0.5, 1, 0], Gradient((g, x) => g.Emit("Max", [x, g.Constant(HostTensor.Of([1f, 1f, 1f], 3))]), 1, 2, 0));
        Assert.Equal([0.5, 0, 1], Gradient((g, x) => g.Emit("Min", [x, g.Constant(HostTensor.Of([1f, 1f, 1f], 3))]), 1, 2, 0));
    }

    [Fact]
    public void Clip_passes_the_gradient_at_its_bounds() =>
        Assert.Equal([0, 1, 1, 1, 0], Gradient((g, x) => g.Emit("Clip", [x, g.Constant(-1f), g.Constant(1f)]), -1.5, -1, 0, 1, 1.5));

    [Fact]
    public void Relu_and_its_kin_take_the_left_slope_at_zero()
    {
        Assert.Equal([0, 0, 1], Gradient((g, x) => g.Relu(x), -1, 0, 1));
        Assert.Equal([0.25, 0.25, 1], Gradient((g, x) => g.Emit("LeakyRelu", [x], NodeAttributes.Of(("alpha", 0.25f))), -1, 0, 1));
    }

    [Fact]
    public void Abs_and_norms_have_no_slope_at_zero()
    {
        Assert.Equal([-1, 0, 1], Gradient((g, x) => g.Abs(x), -2, 0, 2));
        Assert.Equal([0, 0, 0], Gradient((g, x) => g.Emit("ReduceL2", [x, g.Int64s(0)]), 0, 0, 0));
    }

    [Fact]
    public void ReduceMax_shares_between_equal_elements() =>
        Assert.Equal([0.5, 0.5, 0], Gradient((g, x) => g.Emit("ReduceMax", [x, g.Int64s(0)]), 3, 3, 1));

    [Fact]
    public void Power_zero_and_base_zero_are_finite()
    {
        Assert.Equal([0, 0, 0], Gradient((g, x) => g.Emit("Pow", [x, g.Constant(0f)]), -1, 0, 1));
        Assert.Equal([0, 0, 0], Gradient((g, x) => g.Emit("Pow", [g.Constant(0f), x]), 1, 2, 0.5));
    }

    [Fact]
    public void MaxPool_gives_all_to_the_first_of_equal_elements()
    {
        Value Pool(GraphBuilder g, Value x) => g.Emit("MaxPool", [g.Reshape(x, 1, 1, 4)], NodeAttributes.Of(("kernel_shape", new long[] { 2 })));
        Assert.Equal([1, 1, 1, 0], Gradient(Pool, 5, 5, 5, 1));
        Assert.Equal([0, 2, 1, 0], Gradient(Pool, 4, 5, 5, 5));
    }

    private static double[] Gradient(Func<GraphBuilder, Value, Value> f, params double[] at)
    {
        var g = new GraphBuilder("ties");
        g.Output("y", f(g, g.Input("x", TensorType.Float(at.Length))));
        Graph graph = g.Build().Differentiate("y", ["x"], CotangentSeed.Ones);
        return Interpreter.Run(graph, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Float([at.Length], at) })["grad.x"].Data;
    }
}
