using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>Differentiation of whole graphs: what it emits, through what it goes, and twice.</summary>
public class GraphDifferentiationTests
{
    private const int Width = 4;

    /// <summary>A pre-norm transformer of one head: [B, 3, 4] to [B, 4], taps block.i.</summary>
    private static GraphBuilder Transformer(int blocks, long batch = TensorShape.Dynamic)
    {
        var random = new Random(3);
        var g = new GraphBuilder("transformer");
        Value W(string name, params long[] shape) => g.Weight(
            name, new InlineWeight(HostTensor.Of([.. Enumerable.Range(0, (int)Tensor.Count(shape)).Select(_ => (float)(random.NextDouble() - 0.5))], shape)));
        Value x = g.Input("x", TensorType.Float(batch, 3, Width));
        for (int i = 0; i < blocks; i++)
        {
            Value n = g.LayerNorm(x, W($"{i}.norm", Width), W($"{i}.norm.bias", Width), 1e-3f);
            Value q = g.Affine(n, W($"{i}.q", Width, Width), null), k = g.Affine(n, W($"{i}.k", Width, Width), null), v = g.Affine(n, W($"{i}.v", Width, Width), null);
            x = g.Add(x, g.MatMul(g.Softmax(g.MatMulTransposed(q, k, 0.5f)), v));
            x = g.Add(x, g.Affine(g.QuickGelu(g.Affine(x, W($"{i}.up", 2 * Width, Width), W($"{i}.up.bias", 2 * Width))), W($"{i}.down", Width, 2 * Width), null));
            g.Tap($"block.{i}", x);
        }

        g.Output("y", g.L2Normalize(g.Squeeze(g.SelectToken(x, 0), 1)));
        return g;
    }

    [Fact]
    public void Gradient_to_the_last_block_emits_nothing_for_earlier_ones()
    {
        Graph Last(int blocks) => Transformer(blocks).Build().Differentiate("y", [$"block.{blocks - 2}"]);
        int Emitted(int blocks) => Last(blocks).Nodes.Length - Transformer(blocks).Build().Nodes.Length;
        Assert.Equal(Emitted(2), Emitted(5));
        Assert.True(Emitted(2) < Transformer(2).Build().Differentiate("y", ["x"]).Nodes.Length - Transformer(2).Build().Nodes.Length);

        Graph graph = Last(3);
        var early = Transformer(3).Build().Nodes.TakeWhile(n => !n.Outputs.Contains(graph.Find("block.1").Name)).SelectMany(n => n.Outputs).ToHashSet(StringComparer.Ordinal);
        int forward = Transformer(3).Build().Nodes.Length;
        Assert.DoesNotContain(graph.Nodes.Skip(forward), n => n.Inputs.Any(early.Contains));
    }

    [Fact]
    public void Weights_are_not_transposed_for_the_gradient() =>
        Assert.DoesNotContain(Transformer(2).Build().Differentiate("y", ["x"]).Nodes, n => n.OpType == "Transpose");

    [Fact]
    public void Gradient_by_a_tap_equals_that_of_the_graph_cut_there()
    {
        Graph whole = Transformer(3).Build().Differentiate("y", ["block.0"]);
        GraphBuilder g = Transformer(3);
        g.Fetch("block.0");
        Tensor x = Vjp.Random([2, 3, Width], 1), dy = Vjp.Random([2, Width], 2);
        Tensor tap = Interpreter.Run(g.Build(), Feed(("x", x)))["block.0"];
        GraphBuilder cut = Transformer(3);
        cut.Cut("block.0", "given");
        Graph rest = cut.Build();
        Tensor expected = Vjp.FiniteDifferences(rest, Feed(("given", tap)), "given", dy);
        Vjp.AssertClose(expected, Interpreter.Run(whole, Feed(("x", x), ("cotangent.y", dy)))["grad.block.0"], 1e-6, "block.0");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(TensorShape.Dynamic)]
    public void Stacked_cotangents_go_through_a_whole_transformer(long batch)
    {
        GraphBuilder g = Transformer(2, batch);
        Value cotangent = g.Input("c", TensorType.Float(-1, Width));
        foreach ((string name, Value gradient) in g.VectorJacobianProduct(g.Find("y"), cotangent, ["x", "block.0"])) g.Output("grad." + name, gradient);
        Graph graph = g.Build();
        Tensor x = Vjp.Random([1, 3, Width], 1), stack = Vjp.Random([5, Width], 2);
        IReadOnlyDictionary<string, Tensor> together = Interpreter.Run(graph, Feed(("x", x), ("c", stack)));
        for (int k = 0; k < 5; k++)
        {
            Tensor one = Tensor.Float([1, Width], stack.Data[(k * Width)..((k + 1) * Width)]);
            foreach ((string key, Tensor expected) in Interpreter.Run(graph, Feed(("x", x), ("c", one))))
            {
                if (key == "y") continue;
                Vjp.AssertClose(expected, Tensor.Float(expected.Shape, together[key].Data[(k * expected.Length)..((k + 1) * expected.Length)]), 1e-12, key);
            }
        }
    }

    [Fact]
    public void Ones_give_each_sample_its_own_gradient_even_where_the_value_is_infinite()
    {
        var g = new GraphBuilder("score");
        g.Output("y", g.Emit("Log", [g.Input("x", TensorType.Float(-1))]));
        Graph graph = g.Build().Differentiate("y", ["x"], CotangentSeed.Ones);
        Assert.Equal([0.5, double.PositiveInfinity, 4], Interpreter.Run(graph, Feed(("x", Tensor.Float([3], [2, 0, 0.25]))))["grad.x"].Data);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("block.0")]
    public void Second_derivatives_equal_finite_differences_of_first_ones(string tap)
    {
        GraphBuilder model = Transformer(2);
        model.Output("score", model.ReduceSum(model.Mul(model.Find("y"), model.Constant(HostTensor.Of([1f, -2f, 0.5f, 3f], 4))), [-1], keepDimensions: false));
        Graph first = model.Build().Differentiate("score", [tap], CotangentSeed.Ones);
        Graph second = first.Differentiate("grad." + tap, ["x"]);
        Tensor x = Vjp.Random([1, 3, Width], 1), direction = Vjp.Random([1, 3, Width], 2);
        Tensor actual = Interpreter.Run(second, Feed(("x", x), ("cotangent.grad." + tap, direction)))["grad.x"];

        double Loss(int element, double delta)
        {
            double[] moved = (double[])x.Data.Clone();
            moved[element] += delta;
            return Interpreter.Run(first, Feed(("x", Tensor.Float(x.Shape, moved))))["grad." + tap].Data.Zip(direction.Data, (a, b) => a * b).Sum();
        }

        Tensor expected = Tensor.Float(x.Shape, [.. Enumerable.Range(0, x.Length).Select(i => (Loss(i, 1e-5) - Loss(i, -1e-5)) / 2e-5)]);
        Vjp.AssertClose(expected, actual, 1e-6, "second derivative");
    }

    [Fact]
    public void Gradient_of_composed_graphs_is_the_chain_rule()
    {
        var head = new GraphBuilder("head");
        head.Output("score", head.ReduceSum(head.Exp(head.Input("embedding", TensorType.Float(-1, Width))), [-1]));
        GraphBuilder g = Transformer(1);
        g.Output("score", g.Compose(head.Build(), new Dictionary<string, Value>(StringComparer.Ordinal) { ["embedding"] = g.Find("y") })["score"]);
        Graph together = g.Build().Differentiate("score", ["x"], CotangentSeed.Ones);
        Tensor x = Vjp.Random([2, 3, Width], 1);
        IReadOnlyDictionary<string, Tensor> joint = Interpreter.Run(together, Feed(("x", x)));

        Graph body = Transformer(1).Build().Differentiate("y", ["x"]);
        Tensor expected = Interpreter.Run(body, Feed(("x", x), ("cotangent.y", joint["y"].Map(Math.Exp))))["grad.x"];
        Vjp.AssertClose(expected, joint["grad.x"], 1e-12, "composed");
    }

    private static Dictionary<string, Tensor> Feed(params (string Name, Tensor Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
}
