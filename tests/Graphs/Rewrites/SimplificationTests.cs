using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Graphs.Tests.Onnx;

namespace Pellucid.Graphs.Tests.Rewrites;

public class SimplificationTests
{
    private static readonly HostTensor X = HostTensor.Of(Enumerable.Range(0, 24).Select(i => (i * 0.37f) - 3).ToArray(), 2, 3, 4);

    [Fact]
    public void Operators_that_do_nothing_are_gone()
    {
        Graph simple = Check((g, x) =>
        {
            Value y = g.Add(g.Mul(g.Constant(1f), x), g.Constant(0f));
            y = g.Sub(g.Div(g.Emit("Identity", [y]), g.Constant(1f)), g.Constant(HostTensor.Of(new float[4], 4)));
            return g.Relu(g.Reshape(y, -1, 3, 4));
        });
        Assert.Equal(["Relu"], simple.Nodes.Select(n => n.OpType));
    }

    [Fact]
    public void A_neutral_constant_that_broadcasts_is_no_noop()
    {
        Graph simple = Check((g, x) => g.Mul(g.Slice(x, 1, 0, 1), g.Constant(HostTensor.Of(Enumerable.Repeat(1f, 3).ToArray(), 3, 1))));
        Assert.Equal(["Slice", "Mul"], simple.Nodes.Select(n => n.OpType));
    }

    [Fact]
    public void Chains_of_reshapes_and_transposes_become_one_or_none()
    {
        Graph one = Check((g, x) => g.Transpose(g.Transpose(g.Reshape(g.Unsqueeze(g.Reshape(x, -1, 12), 1), -1, 2, 6), 0, 2, 1), 1, 0, 2));
        Assert.Equal(["Reshape", "Transpose"], one.Nodes.Select(n => n.OpType));
        Graph none = Check((g, x) => g.Relu(g.Transpose(g.Transpose(x, 1, 2, 0), 2, 0, 1)));
        Assert.Equal(["Relu"], none.Nodes.Select(n => n.OpType));
    }

    [Fact]
    public void Equal_subexpressions_and_constants_occur_once()
    {
        var g = new GraphBuilder("twice");
        Value x = g.Input("x", TensorType.Float(-1, 3, 4));
        float[] scale = [1, 2, 3, 4];
        Value a = g.Mul(x, g.Weight("a", new InlineWeight(HostTensor.Of(scale, 4))));
        Value b = g.Mul(x, g.Weight("b", new InlineWeight(HostTensor.Of((float[])scale.Clone(), 4))));
        g.Tap("a", a);
        g.Tap("b", b);
        g.Output("y", g.Sub(g.Relu(a), g.Sigmoid(g.Relu(b))));
        Graph graph = g.Build(), merged = graph.EliminateCommonSubexpressions();
        Assert.Equal(["Mul", "Relu", "Sigmoid", "Sub"], merged.Nodes.Select(n => n.OpType));
        Assert.Single(merged.Weights);
        Assert.Equal(merged.Taps["a"], merged.Taps["b"]);
        AssertSame(graph, merged);
    }

    [Fact]
    public void Weights_in_files_are_merged_by_place()
    {
        var g = new GraphBuilder("files");
        Value x = g.Input("x", TensorType.Float(-1, 4));
        foreach ((string name, long offset) in new[] { ("a", 0L), ("b", 0L), ("c", 64L) })
            g.Output(name, g.MatMul(x, g.Weight("w." + name, new FileWeight(TensorType.Float(4, 4), "weights.bin", offset))));
        Graph merged = g.Build().EliminateCommonSubexpressions();
        Assert.Equal(2, merged.Nodes.Length);
        Assert.Equal(2, merged.Weights.Count);
        Assert.Equal(["a", "b", "c"], merged.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void Draws_of_random_numbers_stay_apart()
    {
        var g = new GraphBuilder("noise");
        Value Draw() => g.Emit("RandomNormalLike", [g.Find("x")]);
        g.Input("x", TensorType.Float(-1, 4));
        g.Output("y", g.Sub(Draw(), Draw()));
        Assert.Equal(3, g.Build().EliminateCommonSubexpressions().Nodes.Length);
    }

    [Fact]
    public void Pruning_keeps_what_the_named_values_need()
    {
        Graph pruned = TinyTransformers.Vision().Prune("blocks.0.output", "blocks.0.probabilities");
        Assert.Equal(["blocks.0.output", "blocks.0.probabilities"], pruned.Outputs.Select(o => o.Name));
        Assert.DoesNotContain(pruned.Taps.Keys, t => t.StartsWith("blocks.1.query", StringComparison.Ordinal));
        Assert.Contains("blocks.0.query", pruned.Taps.Keys);
        GraphException error = Assert.Throws<GraphException>(() => pruned.Prune("blocks.0.outptu"));
        Assert.Contains("blocks.0.output", error.Message, StringComparison.Ordinal);
    }

    private static Graph Check(Func<GraphBuilder, Value, Value> build)
    {
        var g = new GraphBuilder("test");
        g.Output("y", build(g, g.Input("x", TensorType.Float(-1, 3, 4))));
        Graph graph = g.Build(), simple = graph.Simplify();
        AssertSame(graph, simple);
        Assert.Equal(simple.StructureHash, simple.Simplify().StructureHash);
        return simple;
    }

    private static void AssertSame(Graph before, Graph after) =>
        TensorAssert.Close(OnnxRuntimeRun.Run(before, ("x", X))["y"], OnnxRuntimeRun.Run(after, ("x", X))["y"]);
}
