using Pellucid.Graphs.Onnx;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>Dimensions that the model leaves open.</summary>
public sealed class InputShapeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenHeightAndWidthMustBeGiven()
    {
        GraphException error = Assert.Throws<GraphException>(() => OnnxImport.Load(Open()));
        Assert.Contains("'x' [batch, 3, height, width]", error.Message, StringComparison.Ordinal);
        Assert.Contains("InputShapes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenShapesAreUsed()
    {
        Graph graph = OnnxImport.Load(Open(), Given("x", [-1, 3, 8, 6]));
        Assert.Equal([-1, 3, 8, 6], graph.Inputs[0].Shape);
        Assert.Equal([-1, 144], graph.Find("y").Shape);
        Assert.Equal([2, 144], OnnxImport.Load(Open(), Given("x", [2, 3, 8, 6])).Find("y").Shape);
    }

    [Fact]
    public void ShapesThatDoNotFitAreRefused()
    {
        Assert.Contains("cannot have the shape", Assert.Throws<GraphException>(() => OnnxImport.Load(Open(), Given("x", [-1, 4, 8, 6]))).Message, StringComparison.Ordinal);
        Assert.Contains("nearest: x", Assert.Throws<GraphException>(() => OnnxImport.Load(Open(), Given("xx", [1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamedSymbolsCountAsBatch()
    {
        string path = new ModelFile(17).Input("x", 3, "samples").Node("Neg", "x", "y").Output("y").Save(_folder);
        Assert.Throws<GraphException>(() => OnnxImport.Load(path));
        Assert.Equal([3, -1], OnnxImport.Load(path, new OnnxImportOptions { BatchSymbols = ["samples"] }).Find("y").Shape);
    }

    [Fact]
    public void InitializersListedAsInputsAreNoInputs()
    {
        string path = new ModelFile(11).Input("x", "n", 2).Input("w", 2).Weight("w", HostTensor.Of([1f, 2f], 2)).Node("Add", "x w", "y").Output("y").Save(_folder);
        Assert.Equal(["x"], OnnxImport.Load(path).Inputs.Select(i => i.Name));
    }

    private static OnnxImportOptions Given(string name, TensorShape shape) =>
        new() { InputShapes = new Dictionary<string, TensorShape>(StringComparer.Ordinal) { [name] = shape } };

    /// <summary>Flattens by a shape computed at run time, as <c>x.view(x.shape[0], -1)</c> exports.</summary>
    private string Open() => new ModelFile(17).Input("x", "batch", 3, "height", "width").Weight("zero", HostTensor.Of([0L], TensorShape.Scalar)).Int64s("axis", 0).Int64s("rest", -1)
        .Node("Shape", "x", "s").Node("Gather", "s zero", "b").Node("Unsqueeze", "b axis", "b1").Node("Concat", "b1 rest", "target", ("axis", 0)).Node("Reshape", "x target", "y").Output("y").Save(_folder);
}
