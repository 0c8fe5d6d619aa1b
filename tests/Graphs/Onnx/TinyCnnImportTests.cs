using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Tests.Reference;
using Pellucid.TestSupport;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>The ResNet that PyTorch exported for the Captum reference data.</summary>
public sealed class TinyCnnImportTests : IDisposable
{
    private static readonly string Suite = Path.Combine(RepositoryPaths.Goldens, "captum", "tiny-cnn");
    private static readonly string ModelPath = Path.Combine(Suite, "model.onnx");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryValueHasAShape()
    {
        Graph graph = OnnxImport.Load(ModelPath);
        Assert.Equal(20, graph.Opset);
        Assert.Equal(TensorType.Float(-1, 3, 48, 48), graph.Inputs.Single().Type);
        Assert.Equal(TensorType.Float(-1, 64), graph.Find("image_embeds").Type);
        Assert.DoesNotContain(graph.Types.Values, t => t.Shape is null);
        Assert.Equal(12, graph.Nodes.Count(n => n.OpType == "Conv"));
        Assert.Equal([-1, 128, 2, 2], graph.Find("conv.last").Shape);
        Assert.Equal(graph.Find("/layer4/layer4.0/downsample/downsample.0/Conv_output_0").Name, graph.Find("conv.last").Name);
        Assert.Equal(1, graph.Taps.Keys.Count(t => t.StartsWith("residual.", StringComparison.Ordinal)));
    }

    [Fact]
    public void WeightsStayInTheFileAndEqualTheCheckpoint()
    {
        Graph graph = OnnxImport.Load(ModelPath);
        Dictionary<string, FileWeight> reference = Safetensors.Open(Path.Combine(Suite, "model.safetensors"));
        int files = 0;
        foreach ((string name, Weight weight) in graph.Weights)
        {
            FileWeight expected = reference[name];
            Assert.Equal(expected.Type, weight.Type);
            Assert.True(expected.Read().Bytes.SequenceEqual(weight.Read().Bytes), name);
            if (weight is not FileWeight file) continue;
            Assert.Equal(ModelPath, file.Path);
            files++;
        }

        Assert.Equal(graph.Weights.Count(w => w.Value.Shape.ElementCount() > 256), files);
        Assert.Equal(62, graph.Weights.Count);
    }

    [Fact]
    public void NumbersAreThoseOfTheModelItself()
    {
        HostTensor x = HostTensor.Of([.. Enumerable.Range(0, 2 * 3 * 48 * 48).Select(i => MathF.Sin(i * 0.37f))], 2, 3, 48, 48);
        float[] expected = OnnxRuntimeRun.Run(ModelPath, ("pixel_values", x))["image_embeds"].Floats.ToArray();
        float[] actual = OnnxRuntimeRun.Run(OnnxImport.Load(ModelPath), ("pixel_values", x))["image_embeds"].Floats.ToArray();
        Assert.Equal(128, actual.Length);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SavedAndReadAgainItIsTheSame(bool externalData)
    {
        Graph graph = OnnxImport.Load(ModelPath);
        string path = _folder.File("again.onnx");
        OnnxExport.Save(graph, path, externalData);
        Graph again = OnnxImport.Load(path);
        Assert.Equal(graph.Nodes.Select(n => n.QualifiedOp), again.Nodes.Select(n => n.QualifiedOp));
        Assert.Equal(graph.Taps, again.Taps.Select(t => KeyValuePair.Create(t.Key, t.Value)).Select(t => KeyValuePair.Create(t.Key, Original(graph, again, t.Key))));
        foreach ((string name, Weight weight) in graph.Weights) Assert.True(weight.Read().Bytes.SequenceEqual(again.Weights[name].Read().Bytes), name);
    }

    [Fact]
    public void TheRuntimeFormOfTheGraphReadsBackToTheSameStructure()
    {
        string copy = _folder.File("model.onnx");
        File.Copy(ModelPath, copy);
        Graph graph = OnnxImport.Load(copy);
        OnnxModel model = OnnxExport.ForRuntime(graph);
        Assert.Equal(_folder.Path, model.ExternalDataFolder);
        Assert.InRange(model.Bytes.Length, 1, 40_000);
        File.WriteAllBytes(_folder.File("runtime.onnx"), model.Bytes);
        Assert.Equal(graph.StructureHash, OnnxImport.Load(_folder.File("runtime.onnx")).StructureHash);
    }

    /// <summary>Values are renamed on the way only where they are outputs.</summary>
    private static string Original(Graph graph, Graph again, string tap)
    {
        string value = again.Taps[tap];
        return graph.Outputs.FirstOrDefault(o => o.Name == value)?.Value ?? value;
    }
}
