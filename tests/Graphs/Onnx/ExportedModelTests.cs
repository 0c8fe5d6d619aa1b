using Pellucid.Graphs.Onnx;
using Pellucid.TestSupport;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>Small models exported by PyTorch at several operator sets (Goldens/onnx-exports): shapes, operators, numbers.</summary>
public sealed class ExportedModelTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Goldens, "onnx-exports");

    public static TheoryData<string> Models() => [.. Directory.GetFiles(Folder, "*.onnx").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryValueHasAShapeAndNoShapeCodeIsLeft(string model)
    {
        Graph graph = Load(model);
        Assert.Equal([], graph.Types.Where(t => t.Value.Shape is null).Select(t => t.Key));
        string[] shapeCode = ["Shape", "Range", "ConstantOfShape", "Expand", "Identity", "Dropout", "Constant"];
        Assert.Equal([], graph.Nodes.Where(n => shapeCode.Contains(n.OpType)).Select(n => n.DisplayName));
        Assert.All(graph.Outputs, o => Assert.Equal(TensorShape.Dynamic, graph.Types[o.Value].Shape![0]));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void NumbersAreThoseOfTheModelItselfAtEveryBatch(string model)
    {
        Graph graph = Load(model);
        foreach (int batch in new[] { 1, 2, 5 })
        {
            (string Name, HostTensor)[] feeds = [.. graph.Inputs.Select(i => (i.Name, Feed(i, i.Name == "input_ids" && graph.Inputs.Length > 1 ? batch + 1 : batch)))];
            Dictionary<string, HostTensor> expected = OnnxRuntimeRun.Run(Path.Combine(Folder, model + ".onnx"), feeds);
            Dictionary<string, HostTensor> actual = OnnxRuntimeRun.Run(graph, feeds);
            foreach ((string name, HostTensor e) in expected)
            {
                Assert.Equal(e.Shape, actual[name].Shape);
                for (int i = 0; i < e.Length; i++) Assert.Equal(e.Floats[i], actual[name].Floats[i], 2e-5f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ReadingTheRuntimeFormChangesNothing(string model)
    {
        using var folder = new TestFolder();
        string copy = folder.File("model.onnx"), runtime = folder.File("runtime.onnx");
        File.Copy(Path.Combine(Folder, model + ".onnx"), copy);
        Graph graph = OnnxImport.Load(copy);
        File.WriteAllBytes(runtime, OnnxExport.ForRuntime(graph).Bytes);
        Graph again = OnnxImport.Load(runtime);
        Assert.Equal(graph.Nodes.Select(n => n.QualifiedOp), again.Nodes.Select(n => n.QualifiedOp));
        Assert.Equal(graph.StructureHash, again.StructureHash);
    }

    [Theory]
    [InlineData("vit-gelu-11", 6, 2, 0)]
    [InlineData("vit-gelu-17", 6, 2, 0)]
    [InlineData("vit-hf-14", 6, 0, 2)]
    [InlineData("text-12", 5, 0, 2)]
    [InlineData("swin-11", 2, 0, 0)]
    [InlineData("dual-14", 11, 0, 4)]
    public void PartsBecomeOneOperatorAgain(string model, int layerNorms, int gelus, int quickGelus)
    {
        Graph graph = Load(model);
        Assert.Equal(layerNorms, graph.Nodes.Count(n => n.OpType == "LayerNormalization"));
        Assert.Equal(gelus, graph.Nodes.Count(n => n.OpType == "Gelu"));
        Assert.Equal(quickGelus, graph.Nodes.Count(n => n.OpType == "QuickGelu"));
        Assert.Equal(0, graph.Nodes.Count(n => n.OpType is "Erf" or "Sigmoid" or "ReduceMean" && !model.StartsWith("swin", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("vit-gelu-17", 2, new long[] { -1, 3, 17, 17 })]
    [InlineData("vit-hf-14", 2, new long[] { -1, 3, 17, 17 })]
    [InlineData("vit-openai-13", 1, new long[] { -1, 3, 17, 17 })]
    [InlineData("text-12", 2, new long[] { -1, 3, 9, 9 })]
    [InlineData("swin-17", 1, new long[] { -1, 4, 3, 16, 16 })]
    public void AttentionIsFoundByItsPlace(string model, int count, long[] shape)
    {
        Graph graph = Load(model);
        Assert.Equal(count, graph.Taps.Keys.Count(t => t.EndsWith(".probabilities", StringComparison.Ordinal)));
        Assert.Equal(new TensorShape(shape), graph.Find($"attention.{count - 1}.probabilities").Shape);
        Assert.Equal(graph.Find($"attention.{count - 1}.probabilities").Shape, graph.Find($"attention.{count - 1}.scores").Shape);
        Assert.Equal(graph.Find($"attention.{count - 1}.value").Shape, graph.Find($"attention.{count - 1}.context").Shape);
    }

    [Fact]
    public void TheResidualStreamIsNamed()
    {
        Graph graph = Load("vit-gelu-17");
        Assert.Equal(["residual.0", "residual.1", "residual.2", "residual.3"], graph.Taps.Keys.Where(t => t.StartsWith("residual", StringComparison.Ordinal)));
        Assert.Equal([-1, 17, 12], graph.Find("residual.3").Shape);
    }

    [Fact]
    public void TheTokenOfATextIsGatheredWithinItsSample()
    {
        Node gather = Load("text-16").Nodes.Single(n => n.OpType == "GatherND");
        Assert.Equal(1, gather.Attributes.Int("batch_dims", 0));
    }

    private static Graph Load(string model) => OnnxImport.Load(Path.Combine(Folder, model + ".onnx"));

    private static HostTensor Feed(Value input, int batch)
    {
        TensorShape shape = input.Shape.With(0, batch);
        int count = (int)shape.ElementCount();
        return input.Type.Element == ElementType.Int64
            ? HostTensor.Of([.. Enumerable.Range(0, count).Select(i => (long)((i * 7919) % 49) + 1)], shape)
            : HostTensor.Of([.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 0.37f))], shape);
    }
}
