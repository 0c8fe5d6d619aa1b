using Pellucid.Graphs;

namespace Pellucid.Runtime.Tests;

public sealed class CompiledGraphCacheTests
{
    private static readonly HostTensor Input = HostTensor.Of([1f, 2f, 3f], 1, 3);

    [Fact]
    public async Task Keeps_the_graphs_used_last()
    {
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu", CompiledGraphs = 2 });
        foreach (float scale in (float[])[1, 2, 3, 2, 4, 1])
        {
            HostTensor y = (await runner.RunAsync(TestGraphs.Scale(scale), TestGraphs.X(Input), TestContext.Current.CancellationToken))["y"];
            Assert.Equal([scale, 2 * scale, 3 * scale], y.Floats.ToArray());
            Assert.InRange(runner.CompiledGraphCount, 1, 2);
        }
    }

    [Fact]
    public async Task Graphs_of_equal_structure_are_compiled_once_also_at_the_same_time()
    {
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        var runs = Enumerable.Range(0, 16).Select(_ => runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(Input), TestContext.Current.CancellationToken)).ToArray();
        foreach (IReadOnlyDictionary<string, HostTensor> outputs in await Task.WhenAll(runs)) Assert.Equal([2f, 4f, 6f], outputs["y"].Floats.ToArray());
        Assert.Equal(1, runner.CompiledGraphCount);
    }

    [Fact]
    public async Task Many_graphs_can_run_at_once_through_a_small_cache()
    {
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu", CompiledGraphs = 1 });
        var runs = Enumerable.Range(0, 40).Select(i => runner.RunAsync(TestGraphs.Scale(i % 5), TestGraphs.X(Input), TestContext.Current.CancellationToken)).ToArray();
        IReadOnlyDictionary<string, HostTensor>[] results = await Task.WhenAll(runs);
        for (int i = 0; i < results.Length; i++) Assert.Equal([i % 5, 2f * (i % 5), 3f * (i % 5)], results[i]["y"].Floats.ToArray());
        Assert.Equal(1, runner.CompiledGraphCount);
    }

    [Fact]
    public async Task A_graph_that_could_not_be_compiled_is_tried_again()
    {
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        string path = Path.Combine(Path.GetTempPath(), $"pellucid-{Environment.ProcessId}-late.bin");
        var g = new GraphBuilder("late weights");
        Value w = g.Weight("w", new FileWeight(TensorType.Float(3), path, 0));
        g.Output("y", g.Emit("Mul", [g.Input("x", TensorType.Float(TensorShape.Dynamic, 3)), w]));
        Graph graph = g.Build();
        try
        {
            await Assert.ThrowsAsync<PellucidException>(() => runner.RunAsync(graph, TestGraphs.X(Input)));
            Assert.Equal(0, runner.CompiledGraphCount);
            await File.WriteAllBytesAsync(path, HostTensor.Of([10f, 20f, 30f], 3).Bytes.ToArray(), TestContext.Current.CancellationToken);
            HostTensor y = (await runner.RunAsync(graph, TestGraphs.X(Input), TestContext.Current.CancellationToken))["y"];
            Assert.Equal([10f, 40f, 90f], y.Floats.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_disposed_runner_runs_nothing()
    {
        var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        runner.Dispose();
        runner.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(Input)));
    }

    [Fact]
    public async Task Disposing_lets_runs_come_to_their_end()
    {
        var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        Graph graph = TestGraphs.Residual(512, 8);
        Dictionary<string, HostTensor> x = TestGraphs.X(TestGraphs.Random(1, 1, 64, 512));
        HostTensor expected = (await runner.RunAsync(graph, x, TestContext.Current.CancellationToken))["y"];
        Task<IReadOnlyDictionary<string, HostTensor>>[] runs = [.. Enumerable.Range(0, 4).Select(_ => runner.RunAsync(graph, x, TestContext.Current.CancellationToken))];
        await Task.Yield();
        runner.Dispose();
        foreach (Task<IReadOnlyDictionary<string, HostTensor>> run in runs)
        {
            try
            {
                Assert.Equal(expected.Bytes.ToArray(), (await run)["y"].Bytes.ToArray());
            }
            catch (ObjectDisposedException e)
            {
                Assert.NotEmpty(e.ObjectName); // this run had not begun
            }
        }
    }
}
