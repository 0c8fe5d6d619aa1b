using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Rewrites;
using Pellucid.Graphs.Tests.Onnx;
using Pellucid.TestSupport;

namespace Pellucid.Graphs.Tests.Rewrites;

/// <summary>The forms in which exporters write token selection and attention.</summary>
public class ImportedModelHoistingTests
{
    [Theory]
    [InlineData("vit-gelu-11", "Gelu")]
    [InlineData("vit-gelu-17", "Gelu")]
    [InlineData("vit-hf-14", "QuickGelu")]
    [InlineData("text-12", "QuickGelu")]
    [InlineData("text-16", "QuickGelu")]
    [InlineData("dual-14", "QuickGelu")]
    [InlineData("vit-openai-13", "Softmax")]
    public void The_last_block_is_narrow_and_the_numbers_stay(string model, string op)
    {
        Graph graph = OnnxImport.Load(Path.Combine(RepositoryPaths.Goldens, "onnx-exports", model + ".onnx"));
        Graph hoisted = graph.HoistTokenSelection();
        TensorShape shape = hoisted.Types[hoisted.Nodes.Last(n => n.OpType == op).Outputs[0]].Shape!;
        Assert.Equal(1, shape[^2]);
        foreach (int batch in new[] { 1, 3 })
        {
            (string, HostTensor)[] inputs = [.. graph.Inputs.Select(i => (i.Name, Feed(i, batch)))];
            Dictionary<string, HostTensor> expected = OnnxRuntimeRun.Run(graph, inputs), actual = OnnxRuntimeRun.Run(hoisted, inputs);
            foreach ((string name, HostTensor value) in expected) TensorAssert.Close(value, actual[name], 2e-5);
        }
    }

    private static HostTensor Feed(Value input, int batch)
    {
        TensorShape shape = input.Shape.With(0, batch);
        int count = (int)shape.ElementCount();
        return input.Type.Element == ElementType.Int64
            ? HostTensor.Of(Enumerable.Range(0, count).Select(i => (i * 5L) % 7).ToArray(), shape)
            : HostTensor.Of(Enumerable.Range(0, count).Select(i => MathF.Sin(i * 0.37f)).ToArray(), shape);
    }
}
