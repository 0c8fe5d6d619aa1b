using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Rewrites;

/// <summary>Rewrites and differentiation together, in float64.</summary>
public class GradientRewritesTests
{
    private const double Tolerance = 1e-10;

    // A prepared graph holds 1 / alpha of QuickGelu, and its bias times alpha, as rounded float32 constants.
    private const double PreparedTolerance = 3e-7;
    private const int Embedding = TinyTransformers.Embedding;

    [Fact]
    public void Embeddings_are_the_same_in_float64()
    {
        AssertClose(Run(TinyTransformers.Vision(), 3)["embedding"], Run(TinyTransformers.Vision().HoistTokenSelection(), 3)["embedding"]);
        var ids = new Dictionary<string, Tensor> { ["ids"] = Tensor.From(TinyTransformers.Ids) };
        Graph text = TinyTransformers.Text(), hoisted = text.HoistTokenSelection();
        AssertClose(Interpreter.Run(text, ids)["embedding"], Interpreter.Run(hoisted, ids)["embedding"]);
        AssertClose(Interpreter.Run(text, ids)["embedding"], Interpreter.Run(hoisted.PrepareForRuntime(), ids)["embedding"]);
    }

    [Theory]
    [InlineData("patches")]
    [InlineData("blocks.0.attended")]
    [InlineData("blocks.0.probabilities")]
    [InlineData("blocks.1.input")]
    [InlineData("blocks.1.key")]
    [InlineData("blocks.1.value")]
    public void Gradients_of_values_that_stay_full_are_the_same_hoisted_simplified_and_prepared(string wrt)
    {
        Graph graph = TinyTransformers.Vision();
        Tensor expected = Gradient(graph, wrt, batch: 2, cotangents: 2);
        Graph hoisted = Differentiated(graph.HoistTokenSelection(), wrt);
        AssertClose(expected, Gradient(hoisted, 2, 2));
        AssertClose(expected, Gradient(hoisted.Simplify(), 2, 2));
        AssertClose(expected, Gradient(hoisted.PrepareForRuntime(), 2, 2), PreparedTolerance);
    }

    [Theory]
    [InlineData("blocks.1.attended", 1)]
    [InlineData("blocks.1.query", 1)]
    [InlineData("blocks.1.hidden", 1)]
    [InlineData("blocks.1.probabilities", 2)]
    [InlineData("blocks.1.output", 1)]
    public void Gradients_of_narrowed_values_are_the_selected_token_of_the_full_ones(string wrt, int axis)
    {
        Graph graph = TinyTransformers.Vision();
        Tensor full = Gradient(graph, wrt, 2, 2), narrow = Gradient(graph.HoistTokenSelection(), wrt, 2, 2);
        Assert.Equal(1, narrow.Shape[axis]);
        AssertClose(Token(full, axis, 0), narrow);
        Assert.All(Enumerable.Range(1, TinyTransformers.Tokens - 1), i => Assert.All(Token(full, axis, i).Data, v => Assert.Equal(0, v)));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("blocks.0.attended")]
    [InlineData("blocks.1.value")]
    public void Gradients_of_texts_are_the_same_hoisted(string wrt)
    {
        foreach (TinyTransformers.EndOfText form in new[] { TinyTransformers.EndOfText.BatchedGatherNd, TinyTransformers.EndOfText.GatherElements })
        {
            Graph graph = TinyTransformers.Text(form);
            var inputs = new Dictionary<string, Tensor> { ["ids"] = Tensor.From(TinyTransformers.Ids), ["cotangent.embedding"] = Cotangents(3) };
            Tensor expected = Interpreter.Run(Differentiated(graph, wrt), inputs)["grad." + wrt];
            AssertClose(expected, Interpreter.Run(Differentiated(graph.HoistTokenSelection(), wrt).PrepareForRuntime(), inputs)["grad." + wrt], PreparedTolerance);
        }
    }

    [Theory]
    [InlineData("patches")]
    [InlineData("blocks.1.attended")]
    [InlineData("blocks.1.key")]
    public void Many_cotangents_of_one_image_are_each_their_own_gradient(string wrt)
    {
        Graph gradient = Differentiated(TinyTransformers.Vision().HoistTokenSelection(), wrt).PrepareForRuntime();
        Tensor together = Gradient(gradient, batch: 1, cotangents: 4);
        Assert.Equal(4, together.Shape[0]);
        for (int k = 0; k < 4; k++)
        {
            Tensor one = Gradient(gradient, 1, Token(Cotangents(4), 0, k));
            AssertClose(one, Token(together, 0, k));
        }
    }

    [Theory]
    [InlineData("patches", 1, 1)]
    [InlineData("patches", 1, 4)]
    [InlineData("patches", 3, 3)]
    [InlineData("blocks.0.attended", 1, 4)]
    [InlineData("blocks.1.attended", 2, 2)]
    public void Forward_and_backward_apart_give_what_they_give_together(string wrt, int batch, int cotangents)
    {
        foreach (Graph encoder in new[] { TinyTransformers.Vision(), TinyTransformers.Vision().HoistTokenSelection() })
        {
            Graph joint = Differentiated(encoder, wrt);
            Tensor expected = Gradient(joint, batch, cotangents);
            foreach (Graph graph in new[] { joint, joint.PrepareForRuntime() })
            {
                double tolerance = ReferenceEquals(graph, joint) ? Tolerance : PreparedTolerance;
                ForwardBackward split = graph.SplitForBackward("cotangent.embedding");
                IReadOnlyDictionary<string, Tensor> forward = Interpreter.Run(split.Forward, Inputs(batch));
                AssertClose(Run(encoder, batch)["embedding"], forward["embedding"], tolerance);
                Dictionary<string, Tensor> inputs = Inputs(batch);
                inputs["cotangent.embedding"] = Cotangents(cotangents);
                foreach (string name in split.Saved) inputs[name] = forward[name];
                AssertClose(expected, Interpreter.Run(split.Backward, inputs)["grad." + wrt], tolerance);
            }
        }
    }

    [Fact]
    public void Little_is_saved_and_no_weight_crosses()
    {
        Graph joint = Differentiated(TinyTransformers.Vision().HoistTokenSelection(), "patches");
        ForwardBackward split = joint.SplitForBackward("cotangent.embedding");
        Assert.Equal(["embedding", .. split.Saved], split.Forward.Outputs.Select(o => o.Name));
        Assert.Equal(split.Saved.Append("cotangent.embedding").Order(StringComparer.Ordinal), split.Backward.Inputs.Select(i => i.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(split.Forward.Outputs, o => split.Forward.Weights.ContainsKey(o.Value));

        // A block: probabilities, q, k, v, slope of the activation, and for each of two normalizations the centered values and
        // two numbers a token; then the last normalization.
        Assert.InRange(split.Saved.Length, 1, (TinyTransformers.Blocks * 11) + 3);
    }

    [Fact]
    public void Splitting_says_what_is_wrong()
    {
        Graph joint = Differentiated(TinyTransformers.Vision(), "patches");
        Assert.Contains("cotangent.embedding", Assert.Throws<GraphException>(() => joint.SplitForBackward("cotangent.embeding")).Message, StringComparison.Ordinal);
        GraphBuilder g = new("apart");
        g.Tap("aside", g.Relu(g.Input("a", TensorType.Float(-1, 2))));
        g.Output("y", g.Relu(g.Input("b", TensorType.Float(-1, 2))));
        Assert.Contains("nothing to run backward", Assert.Throws<GraphException>(() => g.Build().SplitForBackward("a")).Message, StringComparison.Ordinal);
    }

    private static Graph Differentiated(Graph graph, string wrt) => graph.Differentiate("embedding", [wrt]);

    private static Tensor Gradient(Graph graph, string wrt, int batch, int cotangents) => Gradient(Differentiated(graph, wrt), batch, cotangents);

    private static Tensor Gradient(Graph differentiated, int batch, int cotangents) => Gradient(differentiated, batch, Cotangents(cotangents));

    private static Tensor Gradient(Graph differentiated, int batch, Tensor cotangents)
    {
        Dictionary<string, Tensor> inputs = Inputs(batch);
        inputs["cotangent.embedding"] = cotangents;
        return Interpreter.Run(differentiated, inputs).Single(p => p.Key.StartsWith("grad.", StringComparison.Ordinal)).Value;
    }

    private static IReadOnlyDictionary<string, Tensor> Run(Graph graph, int batch) => Interpreter.Run(graph, Inputs(batch));

    private static Dictionary<string, Tensor> Inputs(int batch) => new(StringComparer.Ordinal) { ["patches"] = Tensor.From(TinyTransformers.Patches(batch)) };

    private static Tensor Cotangents(int count) => Tensor.Of(ElementType.Float64, [count, Embedding], i => Math.Sin(1 + (i[0] * 7) + i[1]));

    private static Tensor Token(Tensor full, int axis, int token)
    {
        long[] shape = (long[])full.Shape.Clone();
        shape[axis] = 1;
        return Tensor.Of(full.Element, shape, i =>
        {
            long[] index = (long[])i.Clone();
            index[axis] = token;
            return full[index];
        });
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double scale = expected.Data.Max(Math.Abs);
        Assert.True(scale > 0, "nothing but zeros is expected");
        Assert.True(expected.Data.Zip(actual.Data, (e, a) => Math.Abs(e - a)).Max() <= tolerance * scale, "the values differ");
    }
}
