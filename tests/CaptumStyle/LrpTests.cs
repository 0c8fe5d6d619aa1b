using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.CaptumStyle.Rules.Relevance;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>Relevance propagation keeps what its papers promise, and gives what their equations say.</summary>
public sealed class LrpTests
{
    private static readonly EmbeddingDimensionTarget Dimension = new(1);

    [Fact]
    public async Task Without_biases_a_small_epsilon_gives_input_times_gradient()
    {
        using SmallModel model = Network();
        float[] gradient = await model.ElementsAsync(new InputXGradientExplainer(), Dimension);
        foreach (BatchNormalizationRule rule in Enum.GetValues<BatchNormalizationRule>())
            AssertClose(gradient, await model.ElementsAsync(Lrp(model, new LrpOptions { Epsilon = 1e-9, SumEpsilon = 1e-9, BatchNorm = rule }), Dimension), 1e-5);
    }

    [Theory]
    [InlineData(LayerRule.Epsilon, 1)]
    [InlineData(LayerRule.Gamma, 1)]
    [InlineData(LayerRule.AlphaBeta, 1)]
    [InlineData(LayerRule.AlphaBeta, 2)]
    public async Task Without_biases_relevance_sums_to_the_target_whatever_the_target(LayerRule rule, double alpha)
    {
        using SmallModel model = Network();
        HostTensor text = SmallModel.Random(9, 4);
        ExplanationTarget[] targets = [Dimension, .. Enum.GetValues<ScoreKind>().Select(k => SmallModel.Score(text, k))];
        foreach (ExplanationTarget target in targets)
        {
            Explanation e = (await model.ExplainAsync(Lrp(model, new LrpOptions { Rule = rule, Alpha = alpha, Epsilon = 1e-9, SumEpsilon = 0 }), target))[0];
            Assert.NotEqual(0, e.Score);
            Assert.Equal(e.Score, e.Image!.Map.Floats.ToArray().Sum(v => (double)v), 1e-3 * Math.Abs(e.Score));
            Assert.Equal(0, e.Details[LrpExplainer.Delta].Floats[0], 1e-3 * Math.Abs(e.Score));
        }
    }

    [Theory]
    [InlineData(LayerRule.Epsilon)]
    [InlineData(LayerRule.Gamma)]
    [InlineData(LayerRule.AlphaBeta)]
    public async Task Rules_are_those_of_the_equations(LayerRule rule)
    {
        HostTensor w1 = SmallModel.Random(3, 6, 5), b1 = SmallModel.Random(4, 5), w2 = SmallModel.Random(5, 5, 4), b2 = SmallModel.Random(6, 4);
        using var model = new SmallModel(1, 2, 3, (g, x) =>
        {
            Value hidden = g.Relu(g.Emit("Gemm", [g.Reshape(x, -1, 6), g.Constant(w1), g.Constant(b1)]));
            return g.Emit("Gemm", [hidden, g.Constant(w2), g.Constant(b2)]);
        });
        const double Epsilon = 0.1, Gamma = 0.7, Alpha = 1.5;

        double[] Layer(double[] x, double[,] w, double[] b, double[] r) => rule switch
        {
            LayerRule.Gamma => RelevanceReference.Gamma(x, w, b, r, Gamma),
            LayerRule.AlphaBeta => RelevanceReference.AlphaBeta(x, w, b, r, Alpha),
            _ => RelevanceReference.Epsilon(x, w, b, r, Epsilon),
        };
        double[] pixels = Doubles(model.Pixels), hidden = [.. RelevanceReference.Forward(pixels, Matrix(w1), Doubles(b1)).Select(v => Math.Max(v, 0))];
        double[] relevance = new double[4];
        relevance[1] = RelevanceReference.Forward(hidden, Matrix(w2), Doubles(b2))[1];
        double[] expected = Layer(pixels, Matrix(w1), Doubles(b1), Layer(hidden, Matrix(w2), Doubles(b2), relevance));

        var options = new LrpOptions { Rule = rule, Epsilon = rule == LayerRule.Epsilon ? Epsilon : 1e-12, Gamma = Gamma, Alpha = Alpha };
        AssertClose([.. expected.Select(v => (float)v)], await model.ElementsAsync(Lrp(model, options), Dimension), 1e-5);
    }

    [Fact]
    public async Task Gamma_zero_is_the_epsilon_rule_and_linear_layers_can_keep_it()
    {
        using SmallModel model = Network();
        float[] epsilon = await model.ElementsAsync(Lrp(model, new LrpOptions()), Dimension);
        AssertClose(epsilon, await model.ElementsAsync(Lrp(model, new LrpOptions { Rule = LayerRule.Gamma, Gamma = 0 }), Dimension), 1e-4);
        float[] everywhere = await model.ElementsAsync(Lrp(model, new LrpOptions { Rule = LayerRule.Gamma }), Dimension);
        float[] convolutions = await model.ElementsAsync(Lrp(model, new LrpOptions { Rule = LayerRule.Gamma, Linear = LinearRule.Epsilon }), Dimension);
        Assert.True(Distance(everywhere, convolutions) > 1e-2 && Distance(epsilon, convolutions) > 1e-2);
    }

    [Fact]
    public async Task Several_targets_get_what_each_gets_alone()
    {
        using SmallModel model = Network();
        LrpExplainer lrp = Lrp(model, new LrpOptions { Rule = LayerRule.AlphaBeta });
        IReadOnlyList<Explanation> together = await model.ExplainAsync(lrp, [.. Enumerable.Range(0, 4).Select(d => new EmbeddingDimensionTarget(d))]);
        for (int d = 0; d < 4; d++)
            AssertClose(await model.ElementsAsync(lrp, new EmbeddingDimensionTarget(d)), together[d].Image!.Elements!.Floats.ToArray(), 1e-5);
    }

    [Fact]
    public async Task An_operator_without_a_rule_is_refused_by_name()
    {
        using var model = new SmallModel(1, 2, 2, (g, x) => g.Emit("Sin", [g.Reshape(x, -1, 4)]));
        PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(() => model.ExplainAsync(Lrp(model, new LrpOptions()), Dimension));
        Assert.Contains("no relevance rule for the operator Sin", refusal.Message, StringComparison.Ordinal);
    }

    internal static LrpExplainer Lrp(SmallModel model, LrpOptions options) => new(options, model.Runner);

    internal static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(Distance(expected, actual) <= tolerance, $"{Distance(expected, actual)} of the maximum");
    }

    internal static double[] Doubles(HostTensor tensor) => Array.ConvertAll(tensor.Floats.ToArray(), v => (double)v);

    internal static double[,] Matrix(HostTensor tensor)
    {
        double[,] matrix = new double[tensor.Shape[0], tensor.Shape[1]];
        for (int i = 0; i < matrix.Length; i++) matrix[i / matrix.GetLength(1), i % matrix.GetLength(1)] = tensor.Floats[i];
        return matrix;
    }

    private static double Distance(float[] expected, float[] actual) =>
        expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max() / expected.Max(Math.Abs);

    /// <summary>Convolution, batch normalization without shift, ReLU, maximum pooling, a residual sum, average pooling and a linear layer.</summary>
    private static SmallModel Network() => new(2, 8, 8, (g, x) =>
    {
        NodeAttributes window = NodeAttributes.Of(("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }));
        Value y = g.Emit("Conv", [x, g.Constant(SmallModel.Random(2, 5, 2, 3, 3))], window);
        Value zero = g.Constant(HostTensor.Of(new float[5], 5L)), scale = g.Constant(HostTensor.Of([0.5f, 1f, 2f, -1f, 1.5f], 5L)), variance = g.Constant(HostTensor.Of([1f, 2f, 1f, 0.5f, 1f], 5L));
        y = g.Relu(g.Emit("BatchNormalization", [y, scale, zero, zero, variance]));
        y = g.Emit("MaxPool", [y], NodeAttributes.Of(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })));
        y = g.Relu(g.Add(y, g.Emit("Conv", [y, g.Constant(SmallModel.Random(3, 5, 5, 3, 3))], window)));
        return g.MatMul(g.ReduceMean(y, [2, 3], keepDimensions: false), g.Constant(SmallModel.Random(4, 5, 4)));
    });
}
