using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Tests.Onnx;
using Pellucid.Graphs.Tests.Reference;
using Pellucid.TestSupport;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>
/// A ResNet that PyTorch exported, differentiated, against gradients by Captum (gradients.safetensors is an extract of the
/// captum suite's outputs and of its normalized text embeddings).
/// </summary>
public class TinyCnnGradientTests
{
    private static readonly string Suite = Path.Combine(RepositoryPaths.Goldens, "captum", "tiny-cnn");
    private static readonly Dictionary<string, FileWeight> Golden = Safetensors.Open(Path.Combine(Suite, "gradients.safetensors"));

    public static TheoryData<string, string, int> EmbeddingGradients => new()
    {
        { "tiny-cnn.saliency.signed.emb5_i0", "pixel_values", 0 },
        { "tiny-cnn.layergrad.layer2.emb5_i0", "/layer2/layer2.0/relu2/Relu_output_0", 0 },
        { "tiny-cnn.layergrad.layer4.emb5_i0", "/layer4/layer4.0/relu2/Relu_output_0", 0 },
    };

    [Fact]
    public void Forward_equals_the_published_run()
    {
        Tensor expected = Tensor.From(Safetensors.Open(Path.Combine(Suite, "outputs.safetensors"))["image_embeds"].Read());
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["pixel_values"] = Pixels(0, 4) };
        AssertGolden(expected, Interpreter.Run(Model(), inputs)["image_embeds"]);
    }

    [Theory]
    [MemberData(nameof(EmbeddingGradients))]
    public void Gradient_of_an_embedding_dimension_equals_Captum(string key, string wrt, int image)
    {
        Graph gradient = Model().Differentiate("image_embeds", [wrt]);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["pixel_values"] = Pixels(image, 1),
            ["cotangent.image_embeds"] = OneHot(5),
        };
        AssertGolden(Tensor.From(Golden[key].Read()), Interpreter.Run(gradient, inputs)["grad." + wrt]);
    }

    [Theory]
    [InlineData("tiny-cnn.saliency.signed.cos_i0t1", 0, 1)]
    [InlineData("tiny-cnn.saliency.signed.cos_i2t3", 2, 3)]
    public void Gradient_of_a_cosine_equals_Captum(string key, int image, int text)
    {
        Graph gradient = Cosine(text).Differentiate("cosine", ["pixel_values"], CotangentSeed.Ones);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["pixel_values"] = Pixels(image, 1) };
        AssertGolden(Tensor.From(Golden[key].Read()), Interpreter.Run(gradient, inputs)["grad.pixel_values"]);
    }

    [Fact]
    public void Runtime_agrees_with_the_interpreter_on_a_batch()
    {
        Graph gradient = Cosine(2).Differentiate("cosine", ["pixel_values"], CotangentSeed.Ones);
        HostTensor pixels = HostTensor.Of(Array.ConvertAll(Pixels(0, 2).Data, v => (float)v), 2, 3, 48, 48);
        Tensor actual = Tensor.From(OnnxRuntimeRun.Run(gradient, ("pixel_values", pixels))["grad.pixel_values"]);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["pixel_values"] = Pixels(0, 2) };
        AssertGolden(Interpreter.Run(gradient, inputs)["grad.pixel_values"], actual);
    }

    [Fact]
    public void Many_embedding_dimensions_in_one_run_equal_one_at_a_time()
    {
        Graph gradient = Model().Differentiate("image_embeds", ["pixel_values", "/layer4/layer4.0/relu2/Relu_output_0"]);
        HostTensor pixels = HostTensor.Of(Array.ConvertAll(Pixels(1, 1).Data, v => (float)v), 1, 3, 48, 48);
        int[] dimensions = [5, 0, 63];
        float[] stack = [.. dimensions.SelectMany(d => Array.ConvertAll(OneHot(d).Data, v => (float)v))];
        Dictionary<string, HostTensor> together = OnnxRuntimeRun.Run(gradient, ("pixel_values", pixels), ("cotangent.image_embeds", HostTensor.Of(stack, 3, 64)));
        for (int i = 0; i < dimensions.Length; i++)
        {
            Dictionary<string, HostTensor> alone = OnnxRuntimeRun.Run(
                gradient, ("pixel_values", pixels), ("cotangent.image_embeds", HostTensor.Of(Array.ConvertAll(OneHot(dimensions[i]).Data, v => (float)v), 1, 64)));
            foreach (string key in together.Keys.Where(k => k.StartsWith("grad.", StringComparison.Ordinal)))
                AssertGolden(Tensor.From(alone[key]), Tensor.From(together[key].Rows(i, 1)));
        }
    }

    private static Graph Model() => OnnxImport.Load(Path.Combine(Suite, "model.onnx"));

    /// <summary>The model with a further output: the cosine of each image's embedding and a text's.</summary>
    private static Graph Cosine(int text)
    {
        GraphBuilder g = Model().Edit();
        HostTensor embedding = Golden["text_embeds_normalized"].Read().Rows(text, 1);
        g.Output("cosine", g.MatMulTransposed(g.L2Normalize(g.Find("image_embeds")), g.Constant(embedding)));
        return g.Build();
    }

    private static Tensor Pixels(int first, int count) =>
        Tensor.From(Safetensors.Open(Path.Combine(RepositoryPaths.Goldens, "tiny-clip", "inputs.safetensors"))["pixel_values"].Read().Rows(first, count));

    private static Tensor OneHot(int dimension) => Tensor.Of(ElementType.Float64, [1, 64], i => i[1] == dimension ? 1 : 0);

    /// <summary>The rule of the reference data: 1e-4 of the largest value.</summary>
    private static void AssertGolden(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double tolerance = 1e-4 * expected.Data.Max(Math.Abs);
        Assert.True(tolerance > 0);
        double worst = expected.Data.Zip(actual.Data, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance, $"off by {worst:E2}, allowed {tolerance:E2}");
    }
}
