using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Runtime.Tests;

public sealed class ForwardPassTests : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task One_forward_and_chunks_of_cotangents_give_what_joint_runs_give()
    {
        Graph joint = Network().Differentiate("y", ["x"]);
        ForwardBackward halves = joint.SplitForBackward(GraphDifferentiation.CotangentOf("y"));
        HostTensor x = TestGraphs.Random(1, 1, 1, 8), cotangents = TestGraphs.Random(2, 1, 6, 4);

        using IForwardPass pass = await _runner.ForwardAsync(halves.Forward, halves.Backward, TestGraphs.X(x), TestContext.Current.CancellationToken);
        HostTensor atOnce = (await pass.BackwardAsync(cotangents, TestContext.Current.CancellationToken))[GraphDifferentiation.GradientOf("x")];
        HostTensor inChunks = (await pass.BackwardInChunksAsync(cotangents, 4, cancellationToken: TestContext.Current.CancellationToken))[GraphDifferentiation.GradientOf("x")];

        Assert.Equal(["y"], pass.Outputs.Keys);
        Assert.Equal(new TensorShape(6, 8), atOnce.Shape);
        Assert.Equal(new TensorShape(6, 8), inChunks.Shape);
        for (int k = 0; k < 6; k++)
        {
            IReadOnlyDictionary<string, HostTensor> one = await _runner.RunAsync(
                joint,
                new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["x"] = x, [GraphDifferentiation.CotangentOf("y")] = cotangents.Rows(k, 1) },
                TestContext.Current.CancellationToken);
            Assert.Equal(one["y"].Floats.ToArray(), pass.Outputs["y"].Floats.ToArray());
            for (int i = 0; i < 8; i++)
            {
                Assert.Equal(one["grad.x"].Floats[i], atOnce.Floats[(8 * k) + i], 1e-6f);
                Assert.Equal(one["grad.x"].Floats[i], inChunks.Floats[(8 * k) + i], 1e-6f);
            }
        }
    }

    [Fact]
    public async Task Several_backward_runs_may_go_on_at_once()
    {
        ForwardBackward halves = Network().Differentiate("y", ["x"]).SplitForBackward("cotangent.y");
        using IForwardPass pass = await _runner.ForwardAsync(halves.Forward, halves.Backward, TestGraphs.X(TestGraphs.Random(1, 1, 1, 8)), TestContext.Current.CancellationToken);
        HostTensor[] cotangents = [.. Enumerable.Range(0, 8).Select(i => TestGraphs.Random(i, 1, 2, 4))];
        IReadOnlyDictionary<string, HostTensor>[] together = await Task.WhenAll(cotangents.Select(c => pass.BackwardAsync(c, TestContext.Current.CancellationToken)));
        for (int i = 0; i < 8; i++)
        {
            HostTensor alone = (await pass.BackwardAsync(cotangents[i], TestContext.Current.CancellationToken))["grad.x"];
            Assert.Equal(alone.Bytes.ToArray(), together[i]["grad.x"].Bytes.ToArray());
        }
    }

    [Fact]
    public async Task A_pass_outlives_the_runner_and_ends_when_disposed()
    {
        ForwardBackward halves = Network().Differentiate("y", ["x"]).SplitForBackward("cotangent.y");
        var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu", CompiledGraphs = 1 });
        IForwardPass pass = await runner.ForwardAsync(halves.Forward, halves.Backward, TestGraphs.X(TestGraphs.Random(1, 1, 1, 8)), TestContext.Current.CancellationToken);
        runner.Dispose();
        HostTensor cotangents = TestGraphs.Random(2, 1, 3, 4);
        Assert.Equal(new TensorShape(3, 8), (await pass.BackwardAsync(cotangents, TestContext.Current.CancellationToken))["grad.x"].Shape);
        pass.Dispose();
        pass.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pass.BackwardAsync(cotangents));
    }

    [Fact]
    public async Task Cotangents_of_the_wrong_shape_are_refused()
    {
        ForwardBackward halves = Network().Differentiate("y", ["x"]).SplitForBackward("cotangent.y");
        using IForwardPass pass = await _runner.ForwardAsync(halves.Forward, halves.Backward, TestGraphs.X(TestGraphs.Random(1, 1, 1, 8)), TestContext.Current.CancellationToken);
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => pass.BackwardAsync(TestGraphs.Random(2, 1, 3, 5)));
        Assert.Contains("'cotangent.y'", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PellucidException>(() => pass.BackwardInChunksAsync(HostTensor.Zeros(ElementType.Float32, [0, 4])));
    }

    [Fact]
    public async Task A_backward_graph_needs_exactly_one_input_of_its_own()
    {
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => _runner.ForwardAsync(TestGraphs.Scale(1), TestGraphs.Scale(2), TestGraphs.X(HostTensor.Zeros(ElementType.Float32, [1, 3]))));
        Assert.Contains("it has 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Splitting_at_no_input_is_refused()
    {
        Graph graph = Network().Differentiate("y", ["x"]);
        GraphException e = Assert.Throws<GraphException>(() => graph.SplitForBackward("cotangent.z"));
        Assert.Contains("cotangent.y", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_not_saved()
    {
        ForwardBackward halves = Network().Differentiate("y", ["x"]).SplitForBackward("cotangent.y");
        Assert.All(halves.Backward.Inputs, i => Assert.Equal(TensorShape.Dynamic, i.Shape[0]));
        Assert.Contains(halves.Backward.Inputs, i => i.Name.StartsWith("saved.", StringComparison.Ordinal));
        Assert.DoesNotContain(halves.Forward.Inputs, i => string.Equals(i.Name, "cotangent.y", StringComparison.Ordinal));
    }

    private static Graph Network()
    {
        var g = new GraphBuilder("network");
        Value x = g.Input("x", TensorType.Float(TensorShape.Dynamic, 8));
        Value hidden = g.QuickGelu(g.MatMul(x, g.Weight("w1", new InlineWeight(TestGraphs.Random(11, 0.5f, 8, 16)))));
        g.Output("y", g.Sigmoid(g.MatMul(hidden, g.Weight("w2", new InlineWeight(TestGraphs.Random(12, 0.5f, 16, 4))))));
        return g.Build();
    }
}
