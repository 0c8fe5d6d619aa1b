using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Editing;

/// <summary>Fork, Replace, Cut, Compose and Fetch, by the numbers that the edited graphs give.</summary>
public class GraphEditingTests
{
    private static readonly Tensor X = Tensor.Float([3], [1, -2, 0.5]);

    /// <summary>a = x + 1 (tap), b = a a (tap), y = b + 2 a.</summary>
    private static GraphBuilder Model()
    {
        var g = new GraphBuilder("model");
        Value a = g.Add(g.Input("x", TensorType.Float(3)), g.Constant(1f));
        Value b = g.Mul(a, a);
        g.Tap("a", a);
        g.Tap("b", b);
        g.Output("y", g.Add(b, g.Scale(a, 2)));
        return g;
    }

    [Fact]
    public void Fork_computes_original_and_variant_side_by_side()
    {
        GraphBuilder g = Model();
        IReadOnlyDictionary<string, Value> forked = g.Fork(Map(g.Find("b"), g.Neg(g.Find("b"))), ["y", "a"]);
        g.Output("variant", forked["y"]);
        Assert.Equal(g.Find("a"), forked["a"]);
        IReadOnlyDictionary<string, Tensor> results = Run(g.Build());
        Assert.Equal([.. X.Data.Select(v => Y(v + 1, (v + 1) * (v + 1)))], results["y"].Data);
        Assert.Equal([.. X.Data.Select(v => Y(v + 1, -(v + 1) * (v + 1)))], results["variant"].Data);
    }

    [Fact]
    public void Fork_shares_what_lies_before_the_replacement()
    {
        GraphBuilder g = Model();
        int before = g.Nodes.Count;
        g.Fork(Map(g.Find("b"), g.Neg(g.Find("b"))), ["y"]);
        Assert.Equal(before + 2, g.Nodes.Count);
    }

    [Fact]
    public void Replace_moves_outputs_and_taps_to_the_new_value()
    {
        GraphBuilder g = Model();
        Value doubled = g.Scale(g.Find("a"), 2);
        g.Replace("a", doubled);
        Graph graph = g.Build();
        Assert.Equal(doubled.Name, graph.Find("a").Name);
        Assert.Equal([.. X.Data.Select(v => Y(2 * (v + 1), 4 * (v + 1) * (v + 1)))], Run(graph)["y"].Data);
        GraphBuilder fetched = graph.Edit();
        fetched.Fetch("b");
        Assert.Equal([.. X.Data.Select(v => 4 * (v + 1) * (v + 1))], Run(fetched.Build())["b"].Data);
    }

    [Fact]
    public void Cut_drops_what_came_before()
    {
        GraphBuilder g = Model();
        g.Cut("a", "given");
        Graph graph = g.Build();
        Assert.Equal(["given"], graph.Inputs.Select(i => i.Name));
        Assert.Equal(3, graph.Nodes.Length);
        Assert.Equal([3, 8, 0], Interpreter.Run(graph, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["given"] = Tensor.Float([3], [1, 2, 0]) })["y"].Data);
    }

    [Fact]
    public void Cut_inside_keeps_the_input_that_is_still_read()
    {
        GraphBuilder g = Model();
        g.Cut("b", "given");
        Graph graph = g.Build();
        Assert.Equal(["x", "given"], graph.Inputs.Select(i => i.Name));
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = X, ["given"] = Tensor.Float([3], [10, 20, 30]) };
        Assert.Equal([14, 18, 33], Interpreter.Run(graph, inputs)["y"].Data);
    }

    [Fact]
    public void Compose_binds_inputs_brings_taps_and_renames_values()
    {
        Graph inner = Model().Build();
        var g = new GraphBuilder("outer");
        Value x = g.Input("x", TensorType.Float(3));
        Value once = g.Compose(inner, Bind("x", g.Scale(x, 3)))["y"];
        Value twice = g.Compose(inner, Bind("x", once))["y"];
        g.Output("y", twice);
        static double F(double v) => Y(v + 1, (v + 1) * (v + 1));
        Graph graph = g.Build();
        Assert.Equal([.. X.Data.Select(v => F(F(3 * v)))], Run(graph)["y"].Data);
        GraphBuilder tapped = graph.Edit();
        tapped.Fetch("a");
        Assert.Equal([.. X.Data.Select(v => F(3 * v) + 1)], Run(tapped.Build())["a"].Data);
    }

    [Fact]
    public void Compose_shares_a_weight_that_both_graphs_hold()
    {
        var weight = new InlineWeight(HostTensor.Of([2f, 3f, 4f], 3));
        Graph Scaled(string name)
        {
            var b = new GraphBuilder(name);
            b.Output("y", b.Mul(b.Input("x", TensorType.Float(3)), b.Weight("w", weight)));
            return b.Build();
        }

        GraphBuilder g = Scaled("first").Edit();
        g.Output("y", g.Compose(Scaled("second"), Bind("x", g.Find("y")))["y"]);
        Graph graph = g.Build();
        Assert.Equal("w", Assert.Single(graph.Weights).Key);
        Assert.Equal([4, -18, 8], Run(graph)["y"].Data);
    }

    [Fact]
    public void Compose_keeps_apart_weights_of_one_name()
    {
        Graph Scaled(float factor)
        {
            var b = new GraphBuilder("scaled");
            b.Output("y", b.Mul(b.Input("x", TensorType.Float(3)), b.Weight("w", new InlineWeight(HostTensor.Of([factor, factor, factor], 3)))));
            return b.Build();
        }

        GraphBuilder g = Scaled(2).Edit();
        g.Output("y", g.Compose(Scaled(5), Bind("x", g.Find("y")))["y"]);
        Assert.Equal([10, -20, 5], Run(g.Build())["y"].Data);
    }

    [Fact]
    public void Compose_needs_every_input_bound()
    {
        var g = new GraphBuilder("outer");
        GraphException error = Assert.Throws<GraphException>(() => g.Compose(Model().Build(), new Dictionary<string, Value>(StringComparer.Ordinal)));
        Assert.Contains("'x' is not bound", error.Message, StringComparison.Ordinal);
    }

    private static double Y(double a, double b) => b + (2 * a);

    private static Dictionary<string, Value> Map(Value old, Value replacement) => Bind(old.Name, replacement);

    private static Dictionary<string, Value> Bind(string name, Value value) => new(StringComparer.Ordinal) { [name] = value };

    private static IReadOnlyDictionary<string, Tensor> Run(Graph graph) =>
        Interpreter.Run(graph, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = X });
}
