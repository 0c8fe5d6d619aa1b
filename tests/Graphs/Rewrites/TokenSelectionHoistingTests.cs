using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Graphs.Tests.Onnx;

namespace Pellucid.Graphs.Tests.Rewrites;

public class TokenSelectionHoistingTests
{
    private const int Width = TinyTransformers.Width, Tokens = TinyTransformers.Tokens, Heads = TinyTransformers.Heads;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_last_block_of_a_vision_transformer_works_on_the_class_token(int form)
    {
        Graph graph = TinyTransformers.Vision((TinyTransformers.Selecting)form);
        Graph hoisted = graph.HoistTokenSelection();
        AssertLastBlockIsNarrow(hoisted);
        AssertSame(graph, hoisted, ("patches", TinyTransformers.Patches(3)));
        AssertSame(graph, hoisted, ("patches", TinyTransformers.Patches(1)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void The_last_block_of_a_text_transformer_works_on_the_end_token_of_each_text(int form, bool rank2Mask)
    {
        Graph graph = TinyTransformers.Text((TinyTransformers.EndOfText)form, rank2Mask);
        Graph hoisted = graph.HoistTokenSelection();
        AssertLastBlockIsNarrow(hoisted);
        AssertSame(graph, hoisted, ("ids", TinyTransformers.Ids));
        AssertSame(graph, hoisted, ("ids", TinyTransformers.Ids.Rows(1, 1)));
    }

    [Fact]
    public void Values_keep_their_taps_and_narrowed_ones_hold_the_selected_token()
    {
        Graph graph = TinyTransformers.Vision();
        Graph hoisted = graph.HoistTokenSelection();
        Assert.Equal(graph.Taps.Keys, hoisted.Taps.Keys);
        (string, HostTensor) input = ("patches", TinyTransformers.Patches(2));
        foreach (string tap in graph.Taps.Keys)
        {
            HostTensor full = Fetch(graph, tap, input), narrow = Fetch(hoisted, tap, input);
            int axis = narrow.Shape.Rank - 2;
            HostTensor expected = narrow.Shape[axis] == 1 ? First(full, axis) : full;
            TensorAssert.Close(expected, narrow);
        }
    }

    [Fact]
    public void Kept_taps_and_outputs_stay_full()
    {
        Graph graph = TinyTransformers.Vision();
        Assert.Equal(new TensorShape(-1, Tokens, 4 * Width), graph.HoistTokenSelection("blocks.1.hidden").Find("blocks.1.hidden").Shape);
        Assert.Equal(new TensorShape(-1, 1, Width), graph.HoistTokenSelection("blocks.1.hidden").Find("blocks.1.output").Shape);
        GraphBuilder g = graph.Edit();
        g.Fetch("blocks.1.probabilities");
        Graph fetched = g.Build().HoistTokenSelection();
        Assert.Equal(new TensorShape(-1, Heads, Tokens, Tokens), fetched.Find("blocks.1.probabilities").Shape);
        Assert.Equal(new TensorShape(-1, 1, Width), fetched.Find("blocks.1.output").Shape);
        AssertSame(g.Build(), fetched, ("patches", TinyTransformers.Patches(2)));
    }

    [Fact]
    public void A_tap_that_leads_nowhere_does_not_hold_the_selection_back()
    {
        GraphBuilder g = TinyTransformers.Vision().Edit();
        g.Tap("late", g.Relu(g.Find("blocks.1.output")));
        g.Tap("early", g.Relu(g.Find("blocks.0.output")));
        Graph hoisted = g.Build().HoistTokenSelection();
        AssertLastBlockIsNarrow(hoisted);
        Assert.False(hoisted.Taps.ContainsKey("late"));
        Assert.Equal(new TensorShape(-1, Tokens, Width), hoisted.Find("early").Shape);
        Assert.Equal(new TensorShape(-1, Tokens, Width), g.Build().HoistTokenSelection("late").Find("late").Shape);
    }

    [Fact]
    public void Hoisting_twice_changes_nothing_more()
    {
        foreach (Graph graph in new[] { TinyTransformers.Vision(), TinyTransformers.Text(), TinyTransformers.Text(TinyTransformers.EndOfText.PairedGatherNd) })
        {
            Graph once = graph.HoistTokenSelection();
            Assert.Equal(once.StructureHash, once.HoistTokenSelection().StructureHash);
        }
    }

    [Fact]
    public void Two_different_tokens_are_both_taken_at_the_end()
    {
        var g = new GraphBuilder("distilled");
        Value x = g.Relu(g.Input("x", TensorType.Float(-1, Tokens, Width)));
        g.Output("y", g.Add(g.SelectToken(x, 0), g.SelectToken(x, -1)));
        Graph graph = g.Build(), hoisted = graph.HoistTokenSelection();
        Assert.Equal("Relu", hoisted.Nodes[0].OpType);
        AssertSame(graph, hoisted, ("x", TinyTransformers.Patches(2)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tokens_are_followed_into_matrices_whose_rows_are_tokens_and_samples(bool tokensFirst)
    {
        var random = new Random(1);
        HostTensor Draw(params long[] shape) => HostTensor.Of(Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle()).ToArray(), shape);

        var g = new GraphBuilder("rows");
        Value x = g.Input("x", TensorType.Float(-1, Tokens, Width));
        Value laid = tokensFirst ? g.Transpose(x, 1, 0, 2) : x;
        Value rows = g.Emit("Gemm", [g.Reshape(laid, -1, Width), g.Constant(Draw(Width, Width)), g.Constant(Draw(Width))], NodeAttributes.Of(("transB", 1L)));
        g.Tap("rows", g.Relu(rows));
        Value back = tokensFirst ? g.Transpose(g.Reshape(g.Find("rows"), Tokens, -1, Width), 1, 0, 2) : g.Reshape(g.Find("rows"), -1, Tokens, Width);
        g.Output("y", g.SelectToken(back, 2));
        Graph graph = g.Build(), hoisted = graph.HoistTokenSelection();
        int first = hoisted.Nodes.ToList().FindIndex(n => n.OpType == "Gather");
        Assert.InRange(first, 0, hoisted.Nodes.ToList().FindIndex(n => n.OpType == "Gemm") - 1);
        AssertSame(graph, hoisted, ("x", TinyTransformers.Patches(3)));
        AssertSame(graph, g.Build().HoistTokenSelection("rows"), ("x", TinyTransformers.Patches(3)));
    }

    private static void AssertLastBlockIsNarrow(Graph hoisted)
    {
        Assert.Equal(new TensorShape(-1, 1, Width), hoisted.Find("blocks.1.query").Shape);
        Assert.Equal(new TensorShape(-1, Tokens, Width), hoisted.Find("blocks.1.key").Shape);
        Assert.Equal(new TensorShape(-1, Heads, 1, Tokens), hoisted.Find("blocks.1.probabilities").Shape);
        Assert.Equal(new TensorShape(-1, 1, 4 * Width), hoisted.Find("blocks.1.hidden").Shape);
        Assert.Equal(new TensorShape(-1, 1, Width), hoisted.Find("blocks.1.output").Shape);
        Assert.Equal(new TensorShape(-1, Tokens, Width), hoisted.Find("blocks.1.input").Shape);
        Assert.Equal(new TensorShape(-1, Heads, Tokens, Tokens), hoisted.Find("blocks.0.probabilities").Shape);
        Assert.Equal(new TensorShape(-1, TinyTransformers.Embedding), hoisted.Find("embedding").Shape);
    }

    private static void AssertSame(Graph before, Graph after, params (string Name, HostTensor Tensor)[] inputs)
    {
        Dictionary<string, HostTensor> expected = OnnxRuntimeRun.Run(before, inputs), actual = OnnxRuntimeRun.Run(after, inputs);
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (string name in expected.Keys) TensorAssert.Close(expected[name], actual[name]);
    }

    private static HostTensor Fetch(Graph graph, string tap, (string, HostTensor) input) =>
        OnnxRuntimeRun.Run(graph.Prune(tap), input)[tap];

    private static HostTensor First(HostTensor full, int axis)
    {
        var g = new GraphBuilder("first");
        g.Output("y", g.Slice(g.Input("x", new TensorType(ElementType.Float32, full.Shape)), axis, 0, 1));
        return OnnxRuntimeRun.Run(g.Build(), ("x", full))["y"];
    }
}
