using Pellucid.Graphs.Onnx;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>The forms in which exporters take LayerNorm and GELU apart.</summary>
public sealed class FusionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Pow", "Div", true)]
    [InlineData("Mul", "Div", true)]
    [InlineData("Pow", "Reciprocal", true)]
    [InlineData("Pow", "Div", false)]
    public void LayerNorm(string square, string quotient, bool affine)
    {
        ModelFile file = Start().Node("ReduceMean", "x", "mean", ("axes", new long[] { -1 })).Node("Sub", "x mean", "d").Scalar("two", 2).Scalar("eps", 1e-5f);
        file.Node(square, square == "Pow" ? "d two" : "d d", "d2").Node("ReduceMean", "d2", "var", ("axes", new long[] { 2 })).Node("Add", "var eps", "vare").Node("Sqrt", "vare", "std");
        if (quotient == "Div") file.Node("Div", "d std", "norm");
        else file.Node("Reciprocal", "std", "inv").Node("Mul", "d inv", "norm");
        if (affine) file.Weight("scale", HostTensor.Of([1f, 2f, 3f, 4f], 4)).Weight("bias", HostTensor.Of([4f, 3f, 2f, 1f], 4)).Node("Mul", "scale norm", "scaled").Node("Add", "scaled bias", "y");
        else file.Node("Identity", "norm", "y");
        Node node = Assert.Single(Check(file).Nodes);
        Assert.Equal("LayerNormalization", node.OpType);
        Assert.Equal(affine ? 3 : 2, node.Inputs.Length);
        Assert.Equal(1e-5f, node.Attributes.Float("epsilon", 0));
    }

    [Fact]
    public void AnythingLessThanLayerNormStays()
    {
        ModelFile file = Start().Node("ReduceMean", "x", "mean", ("axes", new long[] { 1 })).Node("Sub", "x mean", "d").Scalar("two", 2).Scalar("eps", 1e-5f);
        file.Node("Pow", "d two", "d2").Node("ReduceMean", "d2", "var", ("axes", new long[] { 1 })).Node("Add", "var eps", "vare").Node("Sqrt", "vare", "std").Node("Div", "d std", "y");
        Assert.DoesNotContain(Check(file).Nodes, n => n.OpType == "LayerNormalization");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void GeluInAnyOrderOfItsFactors(int order)
    {
        ModelFile file = Start().Scalar("root", MathF.Sqrt(2)).Scalar("one", 1).Scalar("half", 0.5f).Node("Div", "x root", "a").Node("Erf", "a", "e").Node("Add", order == 1 ? "one e" : "e one", "c");
        _ = order switch
        {
            0 => file.Node("Mul", "x c", "xc").Node("Mul", "xc half", "y"),
            1 => file.Node("Mul", "half x", "hx").Node("Mul", "hx c", "y"),
            _ => file.Node("Mul", "c half", "hc").Node("Mul", "x hc", "y"),
        };
        Node node = Assert.Single(Check(file).Nodes);
        Assert.Equal(("Gelu", "none"), (node.OpType, node.Attributes.String("approximate", string.Empty)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GeluByTanh(bool power)
    {
        ModelFile file = Start().Scalar("three", 3).Scalar("one", 1).Scalar("half", 0.5f).Scalar("c", 0.044715f).Scalar("k", MathF.Sqrt(2 / MathF.PI));
        if (power) file.Node("Pow", "x three", "cube");
        else file.Node("Mul", "x x", "sq").Node("Mul", "sq x", "cube");
        file.Node("Mul", "cube c", "cc").Node("Add", "x cc", "s").Node("Mul", "s k", "a").Node("Tanh", "a", "t").Node("Add", "t one", "p").Node("Mul", "x half", "hx").Node("Mul", "hx p", "y");
        Node node = Assert.Single(Check(file).Nodes);
        Assert.Equal(("Gelu", "tanh"), (node.OpType, node.Attributes.String("approximate", string.Empty)));
    }

    [Theory]
    [InlineData(1.702f, "QuickGelu")]
    [InlineData(1f, "Mul")]
    public void QuickGeluByItsConstant(float factor, string expected)
    {
        ModelFile file = Start().Scalar("k", factor).Node("Mul", "x k", "a").Node("Sigmoid", "a", "s").Node("Mul", "x s", "y");
        Assert.Equal(expected, Check(file).Nodes[^1].OpType);
    }

    [Fact]
    public void AWeightThatIsTransposedIsReadAsItLies()
    {
        ModelFile file = Start().Weight("w", HostTensor.Of([.. Enumerable.Range(0, 65_600 * 4).Select(i => (float)(i % 7))], 65_600, 4)).Node("Transpose", "w", "wt", ("perm", new long[] { 1, 0 })).Node("MatMul", "x wt", "y");
        Graph graph = Check(file);
        Assert.Equal("com.microsoft.FusedMatMul", Assert.Single(graph.Nodes).QualifiedOp);
        Assert.IsType<FileWeight>(graph.Weights["w"]);
    }

    [Fact]
    public void FusingCanBeTurnedOff()
    {
        ModelFile file = Start().Scalar("k", 1.702f).Node("Mul", "x k", "a").Node("Sigmoid", "a", "s").Node("Mul", "x s", "y").Output("y");
        Assert.Equal(3, OnnxImport.Load(file.Save(_folder), new OnnxImportOptions { Fuse = false }).Nodes.Length);
    }

    private static ModelFile Start() => new ModelFile(13).Input("x", "n", 3, 4);

    private Graph Check(ModelFile file)
    {
        string path = file.Output("y").Save(_folder);
        Graph graph = OnnxImport.Load(path);
        HostTensor x = HostTensor.Of([.. Enumerable.Range(0, 24).Select(i => MathF.Sin(i) * 2)], 2, 3, 4);
        HostTensor expected = OnnxRuntimeRun.Run(path, ("x", x))["y"], actual = OnnxRuntimeRun.Run(graph, ("x", x))["y"];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected.Floats[i], actual.Floats[i], 2e-5f);
        return graph;
    }
}
