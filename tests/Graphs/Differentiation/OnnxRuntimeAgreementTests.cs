using Pellucid.Graphs.Tests.Differentiation.Cases;
using Pellucid.Graphs.Tests.Onnx;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>ONNX Runtime understands every gradient graph as the interpreter does, several cotangents at once included.</summary>
public class OnnxRuntimeAgreementTests
{
    [Theory]
    [MemberData(nameof(GradientCases.Names), MemberType = typeof(GradientCases))]
    public void Runs_what_the_interpreter_runs(string name)
    {
        GradientCase c = GradientCases.Get(name);
        long declared = c.DynamicBatch ? TensorShape.Dynamic : 1;
        int[] wanted = [.. Vjp.Wanted(c).Where(i => !c.Stacks || c.Inputs[i].Batched)];
        if (wanted.Length == 0) wanted = Vjp.Wanted(c);
        bool stacked = c.Stacks && wanted.All(i => c.Inputs[i].Batched);
        Dictionary<string, Tensor> inputs = Vjp.Draw(c, 1);
        long[] shape = Vjp.Forward(c, declared, inputs).Shape;
        Graph gradient = Vjp.Gradient(c, declared, t => stacked ? t with { Shape = t.Shape!.With(0, TensorShape.Dynamic) } : t, wanted);
        Tensor cotangent = Vjp.Random(stacked ? [3 * shape[0], .. shape[1..]] : shape, 3);

        IReadOnlyDictionary<string, Tensor> expected = Vjp.Run(gradient, inputs, cotangent);
        inputs["cotangent"] = cotangent;
        Dictionary<string, HostTensor> actual = OnnxRuntimeRun.Run(gradient, [.. gradient.Inputs.Select(i => (i.Name, Host(inputs[i.Name])))]);
        foreach ((string key, Tensor value) in expected) Vjp.AssertClose(value, Tensor.From(actual[key]), 2e-5, $"{name}: {key}");
    }

    private static HostTensor Host(Tensor tensor) => tensor.Element == ElementType.Int64
        ? HostTensor.Of(tensor.Longs(), tensor.Shape)
        : HostTensor.Of(Array.ConvertAll(tensor.Data, v => (float)v), tensor.Shape);
}
