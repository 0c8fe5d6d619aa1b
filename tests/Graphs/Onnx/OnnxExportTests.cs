using System.Runtime.InteropServices;
using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Onnx.Protobuf;
using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Tests.Onnx;

public sealed class OnnxExportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WeightsStayInTheirFilesAtUnalignedOffsets()
    {
        Graph graph = AffineOverFiles();
        OnnxModel model = OnnxExport.ForRuntime(graph);
        Assert.Equal(_folder.Path, model.ExternalDataFolder);
        Assert.DoesNotContain(ModelProto.Parser.ParseFrom(model.Bytes).Graph.Initializer, t => t.HasRawData && t.RawData.Length > 16);

        Dictionary<string, HostTensor> results = OnnxRuntimeRun.Run(graph, ("x", HostTensor.Of([1f, 2f], 1, 2)));
        Assert.Equal([1f + 2f * 2f + 10f, 3f + 2f * 4f + 20f, 5f + 2f * 6f + 30f], results["y"].Floats.ToArray());
    }

    [Fact]
    public void OutputsHaveTheirNamesWhateverTheyAre()
    {
        var g = new GraphBuilder("names");
        Value x = g.Input("x", TensorType.Float(-1, 2));
        Value collides = g.Append(new Node("Neg", [x.Name], ["out"], NodeAttributes.None))[0];
        Value twice = g.Add(collides, collides);
        g.Output("out", twice);
        g.Output("again", twice);
        g.Output("negative", collides);
        g.Output("same", x);
        g.Output("weight", g.Weight("w", new InlineWeight(HostTensor.Of([7f], 1))));
        Dictionary<string, HostTensor> results = OnnxRuntimeRun.Run(g.Build(), ("x", HostTensor.Of([1f, 2f], 1, 2)));
        Assert.Equal([-2f, -4f], results["out"].Floats.ToArray());
        Assert.Equal([-2f, -4f], results["again"].Floats.ToArray());
        Assert.Equal([-1f, -2f], results["negative"].Floats.ToArray());
        Assert.Equal([1f, 2f], results["same"].Floats.ToArray());
        Assert.Equal([7f], results["weight"].Floats.ToArray());
    }

    [Fact]
    public void TapsThatNoOutputNeedsAreDropped()
    {
        var g = new GraphBuilder("taps");
        Value x = g.Input("x", TensorType.Float(-1, 2));
        g.Tap("dead", g.Exp(x));
        g.Output("y", g.Neg(x));
        ModelProto model = ModelProto.Parser.ParseFrom(OnnxExport.ForRuntime(g.Build()).Bytes);
        Assert.Equal(["Neg"], model.Graph.Node.Select(n => n.OpType));
        Assert.Empty(model.MetadataProps);
    }

    [Fact]
    public void AnOutputNamedLikeAnInputIsRefused()
    {
        var g = new GraphBuilder("clash");
        g.Output("x", g.Neg(g.Input("x", TensorType.Float(1))));
        GraphException error = Assert.Throws<GraphException>(() => OnnxExport.ForRuntime(g.Build()));
        Assert.Contains("rename the output", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SavedModelsRunElsewhere(bool externalData)
    {
        Graph graph = AffineOverFiles(columns: 400);
        string path = _folder.File("saved.onnx");
        OnnxExport.Save(graph, path, externalData);
        Assert.Equal(externalData, File.Exists(path + ".data"));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.partial"));
        HostTensor x = HostTensor.Of([1f, 2f], 1, 2);
        Assert.Equal(OnnxRuntimeRun.Run(graph, ("x", x))["y"].Floats.ToArray(), OnnxRuntimeRun.Run(path, ("x", x))["y"].Floats.ToArray());
    }

    [Fact]
    public void AFailedSaveLeavesNothingBehind()
    {
        Graph graph = AffineOverFiles(columns: 400);
        using (FileStream weights = File.OpenWrite(_folder.File("weights.bin"))) weights.SetLength(100);
        Assert.Throws<GraphException>(() => OnnxExport.Save(graph, _folder.File("saved.onnx"), externalData: true));
        Assert.Equal([_folder.File("weights.bin")], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(f => !f.Contains("bias", StringComparison.Ordinal)));
    }

    /// <summary>y = x W^T + b; W at offset 3 of one file, b at offset 1 of another in a folder below.</summary>
    private Graph AffineOverFiles(int columns = 3)
    {
        string weightFile = _folder.File("weights.bin"), biasFile = _folder.File(Path.Combine("below", "bias.bin"));
        Directory.CreateDirectory(Path.GetDirectoryName(biasFile)!);
        float[] w = [.. Enumerable.Range(1, 2 * columns).Select(i => (float)i)], b = [.. Enumerable.Range(1, columns).Select(i => 10f * i)];
        File.WriteAllBytes(weightFile, [1, 2, 3, .. MemoryMarshal.AsBytes(w.AsSpan()), 9]);
        File.WriteAllBytes(biasFile, [1, .. MemoryMarshal.AsBytes(b.AsSpan())]);
        var g = new GraphBuilder("affine");
        Value weight = g.Weight("w", new FileWeight(TensorType.Float(columns, 2), weightFile, 3));
        Value bias = g.Weight("b", new FileWeight(TensorType.Float(columns), biasFile, 1));
        g.Output("y", g.Affine(g.Input("x", TensorType.Float(-1, 2)), weight, bias));
        return g.Build();
    }
}
