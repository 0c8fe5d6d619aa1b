using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Runtime.Tests;

public sealed class RunTests : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task Runs_a_graph()
    {
        IReadOnlyDictionary<string, HostTensor> outputs = await _runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(HostTensor.Of([1f, -2f, 3f], 1, 3)), TestContext.Current.CancellationToken);
        Assert.Equal(["y"], outputs.Keys);
        Assert.Equal(new TensorShape(1, 3), outputs["y"].Shape);
        Assert.Equal([2f, -4f, 6f], outputs["y"].Floats.ToArray());
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.BFloat16)]
    [InlineData(ElementType.Float64)]
    [InlineData(ElementType.Int64)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Bool)]
    public async Task Every_element_type_goes_in_and_comes_out(ElementType type)
    {
        var g = new GraphBuilder("types");
        Value x = g.Input("x", new TensorType(type, [TensorShape.Dynamic]));
        g.Output("y", g.Concat(0, x, x));
        byte[] bytes = [.. Enumerable.Range(0, 3 * type.SizeInBytes()).Select(i => (byte)(i % 2))];
        HostTensor input = HostTensor.FromBytes(type, [3], bytes);

        HostTensor y = (await _runner.RunAsync(g.Build(), TestGraphs.X(input), TestContext.Current.CancellationToken))["y"];

        Assert.Equal(type, y.ElementType);
        Assert.Equal([.. bytes, .. bytes], y.Bytes.ToArray());
    }

    [Fact]
    public async Task An_empty_batch_gives_an_empty_result()
    {
        HostTensor y = (await _runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(HostTensor.Of(Array.Empty<float>(), 0, 3)), TestContext.Current.CancellationToken))["y"];
        Assert.Equal(new TensorShape(0, 3), y.Shape);
    }

    [Fact]
    public async Task A_missing_input_is_named_with_its_type()
    {
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() =>
            _runner.RunAsync(TestGraphs.Scale(2), new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["z"] = HostTensor.Scalar(1) }));
        Assert.Equal("graph 'scale by 2' needs input 'x' Float32[?,3]; given: z", e.Message);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(8, 1)]
    public async Task An_input_of_the_wrong_shape_is_refused_before_the_run(long rows, long columns)
    {
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() =>
            _runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(HostTensor.Zeros(ElementType.Float32, [rows, columns]))));
        Assert.Equal($"input 'x' of graph 'scale by 2' is Float32[?,3], but was given Float32[{rows},{columns}]", e.Message);
    }

    [Fact]
    public async Task An_input_of_the_wrong_type_is_refused_before_the_run()
    {
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => _runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(HostTensor.Of([1L, 2, 3], 1, 3))));
        Assert.Contains("was given Int64[1,3]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_the_engine_refuses_is_named()
    {
        var g = new GraphBuilder("odd");
        g.Output("y", g.Emit("NoSuchOperator", [g.Input("x", TensorType.Float(3))]));
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => _runner.RunAsync(g.Build(), TestGraphs.X(HostTensor.Of([1f, 2, 3], 3))));
        Assert.StartsWith("graph 'odd' cannot be prepared for device 'cpu'", e.Message, StringComparison.Ordinal);
        Assert.Contains("NoSuchOperator", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_names_the_graph()
    {
        var g = new GraphBuilder("gather");
        Value table = g.Constant(HostTensor.Of([1f, 2f], 2));
        g.Output("y", g.Gather(table, g.Input("x", TensorType.Int64(TensorShape.Dynamic)), 0));
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => _runner.RunAsync(g.Build(), TestGraphs.X(HostTensor.Of([7L], 1))));
        Assert.StartsWith("running graph 'gather' failed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_inputs_give_equal_bytes_in_every_run_and_runner()
    {
        Graph graph = TestGraphs.Residual(64, 6);
        Dictionary<string, HostTensor> x = TestGraphs.X(TestGraphs.Random(7, 1, 5, 64));
        byte[] first = (await _runner.RunAsync(graph, x, TestContext.Current.CancellationToken))["y"].Bytes.ToArray();
        byte[] again = (await _runner.RunAsync(graph, x, TestContext.Current.CancellationToken))["y"].Bytes.ToArray();
        using var other = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        byte[] elsewhere = (await other.RunAsync(TestGraphs.Residual(64, 6), x, TestContext.Current.CancellationToken))["y"].Bytes.ToArray();
        Assert.Equal(first, again);
        Assert.Equal(first, elsewhere);
    }

    [Fact]
    public async Task A_row_does_not_depend_on_its_batch_mates()
    {
        Graph graph = TestGraphs.Residual(64, 6);
        HostTensor batch = TestGraphs.Random(3, 1, 7, 64);
        HostTensor together = (await _runner.RunAsync(graph, TestGraphs.X(batch), TestContext.Current.CancellationToken))["y"];
        for (int i = 0; i < 7; i++)
        {
            HostTensor alone = (await _runner.RunAsync(graph, TestGraphs.X(batch.Rows(i, 1)), TestContext.Current.CancellationToken))["y"];
            float[] expected = together.Rows(i, 1).Floats.ToArray();
            for (int j = 0; j < expected.Length; j++) Assert.Equal(expected[j], alone.Floats[j], 1e-5f);
        }
    }

    [Fact]
    public async Task The_environment_says_what_numbers_depend_on()
    {
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "CPU", Threads = 1 });
        Assert.Equal("cpu", runner.Environment.Device);
        Assert.Equal(1, runner.Environment.Threads);
        Assert.Equal("onnxruntime 1.29.0", runner.Environment.Engine);
        Assert.NotEmpty(runner.Environment.DeviceDetail);
        HostTensor y = (await runner.RunAsync(TestGraphs.Scale(3), TestGraphs.X(HostTensor.Of([1f, 2, 3], 1, 3)), TestContext.Current.CancellationToken))["y"];
        Assert.Equal([3f, 6f, 9f], y.Floats.ToArray());
    }

    [Fact]
    public async Task A_cancelled_run_ends_early()
    {
        var g = new GraphBuilder("long");
        Value weight = g.Weight("w", new InlineWeight(TestGraphs.Random(1, 0.05f, 1024, 1024)));
        Value x = g.Input("x", TensorType.Float(TensorShape.Dynamic, 1024));
        for (int i = 0; i < 400; i++) x = g.Tanh(g.MatMul(x, weight));
        g.Output("y", x);
        Graph graph = g.Build();
        _ = await _runner.RunAsync(graph, TestGraphs.X(HostTensor.Zeros(ElementType.Float32, [1, 1024])), TestContext.Current.CancellationToken);
        Dictionary<string, HostTensor> large = TestGraphs.X(TestGraphs.Random(2, 1, 4096, 1024)); // 3.4 TFLOP: half a minute on two cores

        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        long start = Environment.TickCount64;
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(graph, large, source.Token));

        Assert.Equal(source.Token, e.CancellationToken);
        Assert.InRange(Environment.TickCount64 - start, 0, 8000);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(graph, large, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Batches_give_what_one_run_gives()
    {
        Graph graph = TestGraphs.Residual(32, 2);
        HostTensor x = TestGraphs.Random(5, 1, 10, 32);
        var progress = new Fractions();
        HostTensor whole = (await _runner.RunAsync(graph, TestGraphs.X(x), TestContext.Current.CancellationToken))["y"];
        HostTensor batched = (await _runner.RunInBatchesAsync(graph, TestGraphs.X(x), 4, progress: progress, cancellationToken: TestContext.Current.CancellationToken))["y"];
        Assert.Equal(whole.Shape, batched.Shape);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole.Floats[i], batched.Floats[i], 1e-5f);
        Assert.Equal([0.4, 0.8, 1.0], progress.Seen);
    }

    [Fact]
    public async Task An_output_without_rows_cannot_be_batched()
    {
        var g = new GraphBuilder("sum");
        g.Output("total", g.ReduceSum(g.Input("x", TensorType.Float(TensorShape.Dynamic, 2)), [0, 1]));
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => _runner.RunInBatchesAsync(g.Build(), TestGraphs.X(HostTensor.Zeros(ElementType.Float32, [4, 2])), 2));
        Assert.Contains("'total'", e.Message, StringComparison.Ordinal);
    }

    private sealed class Fractions : IProgress<double>
    {
        public List<double> Seen { get; } = [];

        public void Report(double value) => Seen.Add(value);
    }
}
