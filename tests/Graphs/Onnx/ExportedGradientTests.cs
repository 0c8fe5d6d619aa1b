using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Tests.Reference;
using Pellucid.TestSupport;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>What PyTorch exported can be differentiated once it is imported.</summary>
public sealed class ExportedGradientTests
{
    public static TheoryData<string> ImageModels() => ["vit-gelu-11", "vit-gelu-17", "vit-hf-14", "vit-openai-13", "swin-11", "swin-17"];

    [Theory]
    [MemberData(nameof(ImageModels))]
    public void PixelGradientsAreThoseOfFiniteDifferences(string model)
    {
        Graph graph = Load(model);
        int width = (int)graph.Find("y").Shape[1];
        float[] pixels = Wave(3 * 32 * 32, 0.37f), cotangent = Wave(width, 1.1f), direction = Wave(pixels.Length, 2.3f);
        Graph differentiated = graph.Differentiate("y", ["pixel_values"]);
        float[] gradient = OnnxRuntimeRun.Run(
            differentiated,
            ("pixel_values", HostTensor.Of(pixels, 1, 3, 32, 32)),
            (GraphDifferentiation.CotangentOf("y"), HostTensor.Of(cotangent, 1, width)))[GraphDifferentiation.GradientOf("pixel_values")].Floats.ToArray();

        double Along(double step)
        {
            double[] moved = [.. pixels.Zip(direction, (p, d) => p + (step * d))];
            Tensor y = Interpreter.Run(graph, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["pixel_values"] = Tensor.Float([1, 3, 32, 32], moved) })["y"];
            return y.Data.Zip(cotangent, (a, c) => a * c).Sum();
        }

        double expected = (Along(1e-5) - Along(-1e-5)) / 2e-5;
        double actual = gradient.Zip(direction, (g, d) => (double)g * d).Sum();
        Assert.True(Math.Abs(expected) > 1e-3, "the direction tells nothing");
        Assert.Equal(expected, actual, Math.Abs(expected) * 1e-3);
    }

    [Theory]
    [MemberData(nameof(ImageModels))]
    public void ManyCotangentsOfOneImageGiveTheGradientsOfEach(string model)
    {
        Graph graph = Load(model).Differentiate("y", ["attention.0.probabilities"]);
        int width = (int)graph.Find("y").Shape[1];
        HostTensor pixels = HostTensor.Of(Wave(3 * 32 * 32, 0.37f), 1, 3, 32, 32);
        float[] cotangents = Wave(3 * width, 1.1f);

        float[] Gradient(float[] values) => OnnxRuntimeRun.Run(
            graph, ("pixel_values", pixels), (GraphDifferentiation.CotangentOf("y"), HostTensor.Of(values, values.Length / width, width)))[GraphDifferentiation.GradientOf("attention.0.probabilities")].Floats.ToArray();

        float[] together = Gradient(cotangents);
        for (int k = 0; k < 3; k++)
        {
            float[] alone = Gradient(cotangents[(k * width)..((k + 1) * width)]);
            Assert.Equal(alone.Length * 3, together.Length);
            for (int i = 0; i < alone.Length; i++) Assert.Equal(alone[i], together[(k * alone.Length) + i], 1e-5f);
        }
    }

    [Theory]
    [InlineData("text-12")]
    [InlineData("text-16")]
    public void TextsAreExplainedThroughTheirAttention(string model)
    {
        Graph graph = Load(model).Differentiate("y", ["attention.1.probabilities"]);
        Assert.Equal([-1, 3, 9, 9], graph.Find(GraphDifferentiation.GradientOf("attention.1.probabilities")).Shape);
        HostTensor ids = HostTensor.Of([1L, 2, 3, 40, 5, 6, 7, 8, 9, 9, 8, 7, 6, 45, 4, 3, 2, 1], 2, 9);
        float[] gradient = OnnxRuntimeRun.Run(graph, ("input_ids", ids), (GraphDifferentiation.CotangentOf("y"), HostTensor.Of(Wave(32, 1.1f), 2, 16)))[GraphDifferentiation.GradientOf("attention.1.probabilities")].Floats.ToArray();

        // Only the row of the largest id, the token that is read off, can matter: row 3 of the first text, 4 of the second.
        for (int i = 0; i < gradient.Length; i++)
        {
            bool read = (i / 9 % 9) == (i < 243 ? 3 : 4);
            if (read) Assert.True(float.IsFinite(gradient[i]));
            else Assert.Equal(0f, gradient[i]);
        }

        Assert.Contains(gradient, g => Math.Abs(g) > 1e-3f);
    }

    private static Graph Load(string model) => OnnxImport.Load(Path.Combine(RepositoryPaths.Goldens, "onnx-exports", model + ".onnx"));

    private static float[] Wave(int count, float step) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * step))];
}
