using Pellucid.Abstractions.Heads;
using Pellucid.Graphs;
using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Operators;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Heads;
using Pellucid.Modeling.Tests.Checkpoints;
using Pellucid.Runtime;

namespace Pellucid.Modeling.Tests.Heads;

public sealed class HeadFileTests : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    private static HostTensor First => HostTensor.Of([1f, 2, 3, -1, 0, 1], 2, 3);

    private static HostTensor Second => HostTensor.Of([1f, -1, 2, 0.5f], 2, 2);

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task A_head_is_read_as_it_was_written()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "head.safetensors");
        HeadFile.Save(
            path, HeadKind.Classification, ["a", "b"],
            [new HeadLayer(First, HostTensor.Of([0.5f, -0.5f], 2), HeadActivation.Relu), new HeadLayer(Second, null)], "model", new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = "mine" });
        IEmbeddingHead head = HeadFile.Load(path, _runner);
        Assert.True(HeadFile.IsHead(path));
        Assert.Equal((HeadKind.Classification, 3, "model"), (head.Kind, head.Width, head.ModelHash));
        Assert.Equal(["a", "b"], head.Outputs);
        Assert.Null(head.Linear(0));

        // x = (1, 1, -1): first layer (0.5, -2.5) becomes (0.5, 0), second (0.5, 1).
        HostTensor outputs = await head.EvaluateAsync(HostTensor.Of([1f, 1, -1], 1, 3), TestContext.Current.CancellationToken);
        Assert.Equal([0.5f, 1f], outputs.Floats.ToArray());
    }

    [Fact]
    public async Task An_onnx_head_computes_what_its_layers_do()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "head.onnx");
        var g = new GraphBuilder("head");
        Value x = g.Input("x", TensorType.Float(TensorShape.Dynamic, 3));
        g.Output("y", g.Affine(g.Relu(g.Affine(x, g.Constant(First), g.Constant(HostTensor.Of([0.5f, -0.5f], 2)))), g.Constant(Second), null));
        OnnxExport.Save(g.Build(), path, externalData: false);
        Refused(path, "says what its outputs are");
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".json"), "{\"kind\": \"regression\", \"outputs\": [\"a\"]}", TestContext.Current.CancellationToken);
        Refused(path, "names 1 outputs and has 2");
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".json"), "{\"kind\": \"regression\"}", TestContext.Current.CancellationToken);
        IEmbeddingHead head = HeadFile.Load(path, _runner);
        Assert.Equal(["0", "1"], head.Outputs);
        HostTensor outputs = await head.EvaluateAsync(HostTensor.Of([1f, 1, -1, 0, 0, 0], 2, 3), TestContext.Current.CancellationToken);
        Assert.Equal([0.5f, 1f, 0.5f, 1f], outputs.Floats.ToArray());
    }

    [Fact]
    public void Files_that_are_no_heads_are_refused()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "head.safetensors");
        Refused(path, "there is no head file");
        Dictionary<string, HostTensor> tensors = new(StringComparer.Ordinal) { ["layers.0.weight"] = First };
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { ["kind"] = "regression", ["outputs"] = "[\"a\",\"b\"]", ["activations"] = "[\"none\"]" };
        Write("no metadata 'activations'", m => m.Remove("activations"));
        Write("no metadata 'kind'", m => m.Remove("kind"));
        Write("of the kind 'magic'", m => m["kind"] = "magic");
        Write("an activation 'swish'; known are none, relu", m => m["activations"] = "[\"swish\"]");
        Write("not a JSON list of texts", m => m["outputs"] = "a");
        Write("names 1 outputs and has 2", m => m["outputs"] = "[\"a\"]");
        Write("two outputs \"a\"", m => m["outputs"] = "[\"a\",\"a\"]");
        Write("no tensor layers.1.weight", m => m["activations"] = "[\"relu\",\"none\"]");
        tensors["layers.1.weight"] = First;
        Write("names 1 activations", _ => { });
        Write("reads 3 values, the layer before makes 2", m => m["activations"] = "[\"relu\",\"none\"]");
        tensors["layers.1.weight"] = HostTensor.Of([1f, float.NaN], 1, 2);
        Write("not finite", m => m["activations"] = "[\"relu\",\"none\"]");
        tensors.Remove("layers.1.weight");
        tensors["other"] = Second;
        Write("a tensor 'other'", _ => { });

        void Write(string says, Action<Dictionary<string, string>> change)
        {
            Dictionary<string, string> changed = new(metadata, StringComparer.Ordinal);
            change(changed);
            SafetensorsWriter.Write(path, tensors, changed);
            Refused(path, says);
        }
    }

    private void Refused(string path, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<PellucidException>(() => HeadFile.Load(path, _runner)).Message, StringComparison.Ordinal);
}
