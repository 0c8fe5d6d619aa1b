using Pellucid.Graphs.Onnx;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>Hand-made models of operator sets 11, 13, 17 and 21: the old forms become those of 20 and give the same numbers.</summary>
public sealed class OpsetUpgradeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void AxesBecomeInputs(int opset)
    {
        var file = new ModelFile(opset).Input("x", "n", 1, 6);
        if (opset < 13) file.Node("Squeeze", "x", "a", ("axes", new long[] { 1 })).Node("ReduceSum", "a", "s", ("axes", new long[] { -1 })).Node("Split", "a", "p q", ("axis", 1), ("split", new long[] { 2, 4 }));
        else file.Int64s("one", 1).Int64s("last", -1).Int64s("sizes", 2, 4).Node("Squeeze", "x one", "a").Node("ReduceSum", "a last", "s").Node("Split", "a sizes", "p q", ("axis", 1));
        file.Node("ReduceMean", "a", "m", ("axes", new long[] { 1 }), ("keepdims", 1)).Node("Split", "q", "q1 q2", ("axis", 1));
        file.Node("Add", "p q1", "b").Node("Add", "b q2", "c").Node("Mul", "c s", "d").Node("Sub", "d m", "y").Output("y");
        Graph graph = Compare(file, ("x", Ramp(3, 1, 6)));
        Assert.All(graph.Nodes.Where(n => n.OpType is "Squeeze" or "ReduceSum" or "ReduceMean"), n => Assert.Equal(2, n.Inputs.Length));
        Assert.All(graph.Nodes.Where(n => n.OpType is "Split"), n => Assert.True(n.Inputs.Length == 2 || n.Attributes.Int("num_outputs", 0) == 2));
        Assert.Equal([-1, 2], graph.Find("y").Shape);
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(11, 2)]
    [InlineData(11, -1)]
    [InlineData(12, 0)]
    [InlineData(13, 1)]
    public void SoftmaxKeepsItsMeaning(int opset, int axis)
    {
        ModelFile file = new ModelFile(opset).Input("x", axis == 0 ? 2 : "n", 3, 4).Node("Softmax", "x", "y", ("axis", axis)).Output("y");
        Graph graph = Compare(file, ("x", Ramp(2, 3, 4)));
        Assert.Equal(graph.Inputs[0].Shape, graph.Find("y").Shape);
    }

    [Fact]
    public void TheDefaultAxisOfSoftmaxMoved()
    {
        Compare(new ModelFile(11).Input("x", "n", 3, 4).Node("Softmax", "x", "y").Output("y"), ("x", Ramp(2, 3, 4)));
        Compare(new ModelFile(13).Input("x", "n", 3, 4).Node("Softmax", "x", "y").Output("y"), ("x", Ramp(2, 3, 4)));
    }

    [Theory]
    [InlineData("Conv", "SAME_UPPER", 2, 1)]
    [InlineData("Conv", "SAME_LOWER", 2, 1)]
    [InlineData("Conv", "VALID", 1, 2)]
    [InlineData("MaxPool", "SAME_UPPER", 3, 1)]
    [InlineData("AveragePool", "SAME_LOWER", 2, 1)]
    public void AutomaticPaddingBecomesNumbers(string op, string mode, int stride, int dilation)
    {
        ModelFile file = new ModelFile(17).Input("x", "n", 2, 9, 10).Weight("w", Ramp(3, 2, 4, 3));
        var attributes = new List<(string, object)> { ("auto_pad", mode), ("kernel_shape", new long[] { 4, 3 }), ("strides", new long[] { stride, stride }) };
        if (dilation > 1) attributes.Add(("dilations", new long[] { dilation, dilation }));
        file.Node(op, op == "Conv" ? "x w" : "x", "y", [.. attributes]).Output("y");
        Graph graph = Compare(file, ("x", Ramp(2, 2, 9, 10)));
        Assert.False(graph.Nodes[0].Attributes.Has("auto_pad"));
        Assert.NotNull(graph.Nodes[0].Attributes.Ints("pads"));
    }

    [Fact]
    public void AutomaticPaddingOfATransposedConvolution()
    {
        ModelFile file = new ModelFile(13).Input("x", "n", 2, 5, 5).Weight("w", Ramp(2, 3, 3, 3));
        file.Node("ConvTranspose", "x w", "y", ("auto_pad", "SAME_UPPER"), ("strides", new long[] { 2, 2 })).Output("y");
        Assert.Equal([-1, 3, 10, 10], Compare(file, ("x", Ramp(1, 2, 5, 5))).Find("y").Shape);
    }

    [Fact]
    public void InferenceFormsLoseWhatTrainingNeeded()
    {
        ModelFile file = new ModelFile(13).Input("x", "n", 2, 3, 3);
        foreach (string w in new[] { "s", "b", "m" }) file.Weight(w, HostTensor.Of([0.5f, 0.25f], 2));
        file.Weight("v", HostTensor.Of([1.5f, 2f], 2)).Scalar("ratio", 0.5f);
        file.Node("BatchNormalization", "x s b m v", "a", ("epsilon", 1e-3f), ("momentum", 0.9f)).Node("Dropout", "a ratio", "d").Node("Identity", "d", "i").Node("Relu", "i", "y").Output("y");
        Graph graph = Compare(file, ("x", Ramp(2, 2, 3, 3)));
        Assert.Equal(["BatchNormalization", "Relu"], graph.Nodes.Select(n => n.OpType));
        Assert.Equal(["epsilon"], graph.Nodes[0].Attributes.Select(a => a.Key));
    }

    [Theory]
    [InlineData(20, 2)]
    [InlineData(21, 4)]
    public void GroupNormalizationHadOneScaleAGroup(int opset, int parameters)
    {
        ModelFile file = new ModelFile(opset).Input("x", "n", 4, 3, 3).Weight("s", Ramp(parameters)).Weight("b", Ramp(parameters));
        file.Node("GroupNormalization", "x s b", "y", ("num_groups", 2), ("epsilon", 1e-3f)).Output("y");
        using var folder = new TestFolder();
        HostTensor x = Ramp(2, 4, 3, 3);
        Graph graph = OnnxImport.Load(file.Save(folder));
        Assert.Equal([-1, 4, 3, 3], graph.Find("y").Shape);
        float[] actual = OnnxRuntimeRun.Run(graph, ("x", x))["y"].Floats.ToArray(), affine = Ramp(parameters).Floats.ToArray();
        for (int n = 0; n < 2; n++)
        {
            for (int g = 0; g < 2; g++)
            {
                float[] group = x.Floats.ToArray()[((n * 36) + (g * 18))..((n * 36) + (g * 18) + 18)];
                double mean = group.Average(v => (double)v), variance = group.Average(v => (v - mean) * (v - mean));
                for (int i = 0; i < 18; i++)
                {
                    float p = affine[parameters == 2 ? g : (g * 2) + (i / 9)];
                    Assert.Equal((((group[i] - mean) / Math.Sqrt(variance + 1e-3)) * p) + p, actual[(n * 36) + (g * 18) + i], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void TheNewestOperatorSetIsRead()
    {
        ModelFile file = new ModelFile(21).Input("x", "n", 3, 4).Weight("s", Ramp(4)).Weight("b", Ramp(4)).Int64s("shape", 0, 12);
        file.Node("LayerNormalization", "x s b", "a").Node("Gelu", "a", "g").Node("Reshape", "g shape", "y").Output("y");
        Graph graph = Compare(file, ("x", Ramp(2, 3, 4)));
        Assert.Equal(20, graph.Opset);
        Assert.Equal([-1, 12], graph.Find("y").Shape);
    }

    [Fact]
    public void MicrosoftOperatorsAreReadAndCanonical()
    {
        ModelFile file = new ModelFile(17).Input("x", "n", 4).Node("com.microsoft.Gelu", "x", "a").Node("com.microsoft.FastGelu", "a", "b").Node("com.microsoft.QuickGelu", "b", "y", ("alpha", 1.702f)).Output("y");
        file.Model.OpsetImport.Add(new Graphs.Onnx.Protobuf.OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        Assert.Equal(["Gelu", "Gelu", "com.microsoft.QuickGelu"], Compare(file, ("x", Ramp(3, 4))).Nodes.Select(n => n.QualifiedOp));
    }

    [Fact]
    public void TokensArePickedWithinTheirSample()
    {
        ModelFile file = new ModelFile(17).Input("x", "n", 5, 3).Input("t", ElementType.Int64, "n", 5).Int64s("zero", 0).Int64s("column", -1, 1).Weight("start", HostTensor.Of([0L], TensorShape.Scalar)).Weight("step", HostTensor.Of([1L], TensorShape.Scalar));
        file.Weight("index", HostTensor.Of([0L], TensorShape.Scalar)).Node("Shape", "x", "shape").Node("Gather", "shape index", "count").Node("Range", "start count step", "samples");
        file.Node("ArgMax", "t", "best", ("axis", -1), ("keepdims", 0)).Node("Reshape", "samples column", "s").Node("Reshape", "best column", "b").Node("Concat", "s b", "pairs", ("axis", 1)).Node("GatherND", "x pairs", "y").Output("y");
        HostTensor tokens = HostTensor.Of([1L, 9, 2, 0, 3, 4, 4, 5, 6, 8], 2, 5);
        Graph graph = Compare(file, ("x", Ramp(2, 5, 3)), ("t", tokens));
        Assert.Equal(1, graph.Nodes.Single(n => n.OpType == "GatherND").Attributes.Int("batch_dims", 0));
        Assert.Equal([-1, 3], graph.Find("y").Shape);
    }

    [Fact]
    public void SizesOfAResizeMayNameTheBatch()
    {
        ModelFile file = new ModelFile(13).Input("x", "n", 2, 4, 4).Int64s("zero", 0).Int64s("two", 2).Int64s("size", 7, 9).Weight("none", HostTensor.Of(Array.Empty<float>(), 0));
        file.Node("Shape", "x", "s").Node("Slice", "s zero two", "head").Node("Concat", "head size", "sizes", ("axis", 0)).Node("Resize", "x none none sizes", "y", ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")).Output("y");
        Assert.Equal([-1, 2, 7, 9], Compare(file, ("x", Ramp(3, 2, 4, 4))).Find("y").Shape);
    }

    /// <summary>The imported graph, after checking that its numbers are those of the file.</summary>
    private Graph Compare(ModelFile file, params (string Name, HostTensor Tensor)[] feeds)
    {
        string path = file.Save(_folder);
        Graph graph = OnnxImport.Load(path);
        HostTensor expected = OnnxRuntimeRun.Run(path, feeds)["y"], actual = OnnxRuntimeRun.Run(graph, feeds)["y"];
        Assert.Equal(expected.Shape, actual.Shape);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected.Floats[i], actual.Floats[i], 1e-5f);
        return graph;
    }

    private static HostTensor Ramp(params long[] shape)
    {
        var s = new TensorShape(shape);
        return HostTensor.Of([.. Enumerable.Range(0, (int)s.ElementCount()).Select(i => MathF.Sin((i * 0.7f) + 0.3f))], s);
    }
}
