using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Runtime.Tests;

/// <summary>Small graphs with weights that every test can compute by hand or from a seed.</summary>
internal static class TestGraphs
{
    /// <summary>y = scale * x, x [?, width].</summary>
    public static Graph Scale(float scale, int width = 3)
    {
        var g = new GraphBuilder($"scale by {scale}");
        g.Output("y", g.Scale(g.Input("x", TensorType.Float(TensorShape.Dynamic, width)), scale));
        return g.Build();
    }

    /// <summary>A stack of y = x + tanh(x W) with layer norm in between, over inline weights from a seed.</summary>
    public static Graph Residual(int width, int layers, int seed = 1)
    {
        var g = new GraphBuilder("residual");
        Value x = g.Input("x", TensorType.Float(TensorShape.Dynamic, width));
        for (int i = 0; i < layers; i++)
        {
            Value weight = g.Weight($"w{i}", new InlineWeight(Random(seed + i, 1 / MathF.Sqrt(width), width, width)));
            Value ones = g.Constant(HostTensor.Of(Enumerable.Repeat(1f, width).ToArray(), width));
            Value zeros = g.Constant(HostTensor.Of(new float[width], width));
            x = g.Add(x, g.Tanh(g.MatMul(g.LayerNorm(x, ones, zeros, 1e-5f), weight)));
        }

        g.Output("y", x);
        return g.Build();
    }

    /// <summary>Uniform in (-scale, scale).</summary>
    public static HostTensor Random(int seed, float scale, params ReadOnlySpan<long> shape)
    {
        var random = new Random(seed);
        HostTensor tensor = HostTensor.Zeros(ElementType.Float32, new TensorShape(shape));
        foreach (ref float v in tensor.Floats) v = ((2 * random.NextSingle()) - 1) * scale;
        return tensor;
    }

    /// <summary>One input by name.</summary>
    public static Dictionary<string, HostTensor> X(HostTensor x) => new(StringComparer.Ordinal) { ["x"] = x };
}
