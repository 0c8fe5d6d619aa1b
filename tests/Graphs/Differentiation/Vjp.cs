using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Tests.Differentiation.Cases;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>Forward values and vector-Jacobian products of a case, by the interpreter.</summary>
internal static class Vjp
{
    public static int[] Wanted(GradientCase c) => [.. Enumerable.Range(0, c.Inputs.Length).Where(i => c.Inputs[i].Wanted)];

    public static Dictionary<string, Tensor> Draw(GradientCase c, long batch, int seed = 1)
    {
        var random = new Random(seed);
        return c.Inputs.Select((input, i) => (Name: GradientCase.InputName(i), Value: input.Draw(random, batch)))
            .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
    }

    public static Tensor Forward(GradientCase c, long declaredBatch, IReadOnlyDictionary<string, Tensor> inputs) =>
        Interpreter.Run(c.Graph(declaredBatch).Build(), inputs)["y"];

    /// <summary>Gradient graph whose cotangent is declared with the given type.</summary>
    public static Graph Gradient(GradientCase c, long declaredBatch, Func<TensorType, TensorType> cotangentType, IEnumerable<int> wanted)
    {
        GraphBuilder g = c.Graph(declaredBatch);
        Value y = g.Find("y");
        Value cotangent = g.Input("cotangent", cotangentType(y.Type));
        string[] names = [.. wanted.Select(GradientCase.InputName)];
        foreach ((string name, Value gradient) in g.VectorJacobianProduct(y, cotangent, names)) g.Output("grad." + name, gradient);
        return g.Build();
    }

    public static IReadOnlyDictionary<string, Tensor> Run(Graph gradient, IReadOnlyDictionary<string, Tensor> inputs, Tensor cotangent) =>
        Interpreter.Run(gradient, new Dictionary<string, Tensor>(inputs, StringComparer.Ordinal) { ["cotangent"] = cotangent });

    public static Tensor Random(long[] shape, int seed)
    {
        var random = new Random(seed);
        return Tensor.Of(ElementType.Float64, shape, _ => (2 * random.NextDouble()) - 1);
    }

    /// <summary>Central differences of sum(cotangent y) by every element of one input.</summary>
    public static Tensor FiniteDifferences(Graph forward, IReadOnlyDictionary<string, Tensor> inputs, string name, Tensor cotangent)
    {
        Tensor x = inputs[name];
        double Loss(int element, double delta)
        {
            double[] moved = (double[])x.Data.Clone();
            moved[element] += delta;
            Tensor y = Interpreter.Run(forward, new Dictionary<string, Tensor>(inputs, StringComparer.Ordinal) { [name] = Tensor.Float(x.Shape, moved) })["y"];
            return y.Data.Zip(cotangent.Data, (a, b) => a * b).Sum();
        }

        const double Step = 1e-5;
        return Tensor.Float(x.Shape, [.. Enumerable.Range(0, x.Length).Select(i => (Loss(i, Step) - Loss(i, -Step)) / (2 * Step))]);
    }

    public static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double scale = Math.Max(1, expected.Data.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected.Data[i] - actual.Data[i]) / scale;
            Assert.True(error <= tolerance, $"{what}[{i}]: expected {expected.Data[i]:R}, got {actual.Data[i]:R}");
        }
    }
}
