using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Runtime.Tests;

/// <summary>Weights stay in their files: alone in its collection, because it measures the memory of the process.</summary>
[CollectionDefinition(nameof(SharedWeightsTests), DisableParallelization = true)]
[Collection(nameof(SharedWeightsTests))]
public sealed class SharedWeightsTests : IDisposable
{
    private const int Width = 2048;
    private const int Layers = 12;
    private const long LayerBytes = (long)Width * Width * sizeof(float);
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-weights-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_sessions_over_one_model_keep_no_copy_of_its_weights(bool transposed)
    {
        (string path, long offset) = WriteSafetensors();
        Graph first = Network(path, offset, transposed, outputs: 1), second = Network(path, offset, transposed, outputs: 2);
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        Dictionary<string, HostTensor> x = TestGraphs.X(TestGraphs.Random(1, 1, 4, Width));
        _ = await runner.RunAsync(TestGraphs.Scale(1, Width), x, TestContext.Current.CancellationToken);
        long before = AnonymousBytes();

        HostTensor a = (await runner.RunAsync(first, x, TestContext.Current.CancellationToken))["y"];
        HostTensor b = (await runner.RunAsync(second, x, TestContext.Current.CancellationToken))["y"];
        long taken = AnonymousBytes() - before;

        Assert.Equal(2 + 1, runner.CompiledGraphCount);
        Assert.Equal(a.Bytes.ToArray(), b.Bytes.ToArray());
        Assert.Contains(a.Floats.ToArray(), v => v != 0);
        long weights = Layers * LayerBytes;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weights >> 20} MB of weights, {taken >> 20} MB anonymous for two sessions"));
        Assert.True(taken < weights / 4, $"two sessions over {weights >> 20} MB of weights take {taken >> 20} MB of memory of their own");
    }

    [Fact]
    public async Task Weights_are_found_through_links_as_model_caches_have_them()
    {
        string blobs = Directory.CreateDirectory(Path.Combine(_folder, "blobs")).FullName;
        string snapshot = Directory.CreateDirectory(Path.Combine(_folder, "snapshots", "main")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(blobs, "0123abcd"), HostTensor.Of([1f, 2f, 3f], 3).Bytes.ToArray(), TestContext.Current.CancellationToken);
        string link = Path.Combine(snapshot, "model.bin");
        File.CreateSymbolicLink(link, Path.Combine("..", "..", "blobs", "0123abcd"));
        string linkedFolder = Path.Combine(_folder, "current");
        Directory.CreateSymbolicLink(linkedFolder, snapshot);
        string plain = Path.Combine(_folder, "plain.bin");
        await File.WriteAllBytesAsync(plain, [0, .. HostTensor.Of([10f, 10f, 10f], 3).Bytes.ToArray()], TestContext.Current.CancellationToken);

        var g = new GraphBuilder("links");
        Value product = g.Mul(g.Input("x", TensorType.Float(3)), g.Weight("a", new FileWeight(TensorType.Float(3), Path.Combine(linkedFolder, "model.bin"), 0)));
        g.Output("y", g.Mul(product, g.Weight("b", new FileWeight(TensorType.Float(3), plain, 1)))); // not aligned
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        HostTensor y = (await runner.RunAsync(g.Build(), TestGraphs.X(HostTensor.Of([1f, 1f, 1f], 3)), TestContext.Current.CancellationToken))["y"];
        Assert.Equal([10f, 20f, 30f], y.Floats.ToArray());
    }

    [Fact]
    public async Task A_weight_file_that_is_too_short_is_reported()
    {
        string path = Path.Combine(_folder, "short.bin");
        await File.WriteAllBytesAsync(path, new byte[8], TestContext.Current.CancellationToken);
        var g = new GraphBuilder("short");
        g.Output("y", g.Mul(g.Input("x", TensorType.Float(3)), g.Weight("w", new FileWeight(TensorType.Float(3), path, 0))));
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        PellucidException e = await Assert.ThrowsAsync<PellucidException>(() => runner.RunAsync(g.Build(), TestGraphs.X(HostTensor.Of([1f, 1f, 1f], 3))));
        Assert.StartsWith("graph 'short' cannot be prepared", e.Message, StringComparison.Ordinal);
    }

    private static Graph Network(string path, long offset, bool transposed, int outputs)
    {
        var g = new GraphBuilder("network");
        Value x = g.Input("x", TensorType.Float(TensorShape.Dynamic, Width));
        for (int i = 0; i < Layers; i++)
        {
            Value weight = g.Weight($"w{i}", new FileWeight(TensorType.Float(Width, Width), path, offset + (i * LayerBytes)));
            x = g.Tanh(g.MatMul(x, transposed ? g.Transpose(weight, 1, 0) : weight));
            if (i == Layers / 2 && outputs > 1) g.Output("middle", x);
        }

        g.Output("y", x);
        return g.Build();
    }

    private static long AnonymousBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PrivateMemorySize64; // mapped files are not part of it
        string line = File.ReadLines("/proc/self/smaps_rollup").First(l => l.StartsWith("Anonymous:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Writes w0..w11, [2048, 2048] each, 201 MB; layer by layer, so that the test itself holds little memory.</summary>
    private (string Path, long Offset) WriteSafetensors()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        string entries = string.Join(",", Enumerable.Range(0, Layers).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"\"w{i}\":{{\"dtype\":\"F32\",\"shape\":[{Width},{Width}],\"data_offsets\":[{i * LayerBytes},{(i + 1) * LayerBytes}]}}")));
        byte[] header = Encoding.UTF8.GetBytes("{" + entries + "}");
        using FileStream file = File.Create(path);
        file.Write(BitConverter.GetBytes((long)header.Length));
        file.Write(header);
        HostTensor layer = TestGraphs.Random(5, 1 / MathF.Sqrt(Width), Width, Width);
        for (int i = 0; i < Layers; i++) file.Write(layer.Bytes);
        return (path, 8 + header.Length);
    }
}
