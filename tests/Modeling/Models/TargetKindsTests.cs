using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Modeling.Models;
using Pellucid.Runtime;

namespace Pellucid.Modeling.Tests.Models;

/// <summary>A target of any kind has one value, however it is come by, and the gradient is that value's slope.</summary>
public sealed class TargetKindsTests : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });
    private readonly GraphVisionLanguageModel _model;

    public TargetKindsTests() => _model = SmallModel.Create(_runner);

    public static TheoryData<string> Kinds => TargetKinds.Names;

    public void Dispose() => _runner.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Values_of_the_graph_are_those_of_the_evaluation(string kind)
    {
        ExplanationTarget[] targets = Of(kind);
        HostTensor pixels = SmallVisionTransformer.Pixels(3);
        HostTensor values = await _model.EvaluateAsync(pixels, targets, Stop);
        Assert.Equal(new TensorShape(3, TargetKinds.Count), values.Shape);
        for (int b = 0; b < 3; b++)
        {
            TargetGradients one = await _model.GradientsAsync(pixels.Rows(b, 1), targets, Stop);
            for (int k = 0; k < targets.Length; k++) Assert.Equal(values.Floats[(b * targets.Length) + k], one.Values.Floats[k], 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_target_for_many_images_equals_many_targets_for_one(string kind)
    {
        ExplanationTarget[] targets = Of(kind);
        HostTensor pixels = SmallVisionTransformer.Pixels(6);
        TargetGradients paired = await _model.GradientsAsync(pixels, targets, Stop);
        Assert.Equal(pixels.Shape, paired.Gradients.Shape);
        for (int k = 0; k < targets.Length; k++)
        {
            TargetGradients batch = await _model.GradientsAsync(pixels, [targets[k]], Stop);
            TargetGradients many = await _model.GradientsAsync(pixels.Rows(k, 1), targets, Stop);
            Assert.Equal(paired.Values.Floats[k], batch.Values.Floats[k], 2e-5);
            AssertClose(paired.Gradients.Rows(k, 1), batch.Gradients.Rows(k, 1));
            AssertClose(paired.Gradients.Rows(k, 1), many.Gradients.Rows(k, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_gradient_is_the_slope_of_the_value(string kind)
    {
        ExplanationTarget[] targets = [Of(kind)[1]];
        HostTensor pixels = SmallVisionTransformer.Pixels(1);
        HostTensor gradient = (await _model.GradientsAsync(pixels, targets, Stop)).Gradients;
        int largest = TensorPrimitives.IndexOfMaxMagnitude<float>(gradient.Floats);
        Assert.True(Math.Abs(gradient.Floats[largest]) > 1e-4f, "the gradient is too small to be compared");
        const float Step = 5e-3f;
        float[] moved = [.. pixels.Floats, .. pixels.Floats];
        moved[largest] += Step;
        moved[pixels.Length + largest] -= Step;
        HostTensor values = await _model.EvaluateAsync(HostTensor.Of(moved, pixels.Shape.With(0, 2)), targets, Stop);
        Assert.Equal(gradient.Floats[largest], (values.Floats[0] - values.Floats[1]) / (2 * Step), (0.02 * Math.Abs(gradient.Floats[largest])) + 2e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_linear_target_is_the_weighted_sum_of_the_embedding(string kind)
    {
        HostTensor embeds = await _model.EmbedImagesAsync(SmallVisionTransformer.Pixels(1), Stop);
        foreach (EmbeddingTarget target in Of(kind).OfType<EmbeddingTarget>())
        {
            LinearForm? linear = target.Linear(_model.Fusion, embeds.Length);
            Assert.Equal(kind.Contains("linear", StringComparison.Ordinal) || kind == "dimension", linear is not null);
            if (linear is null) continue;
            double value = (await target.EvaluateAsync(_model.Fusion, embeds, Stop))[0];
            Assert.Equal(value, TensorPrimitives.Dot<float>(linear.Weights, embeds.Floats) + linear.Offset, 1e-4);
        }
    }

    [Fact]
    public async Task A_probability_is_the_softmax_of_the_logits()
    {
        HostTensor pixels = SmallVisionTransformer.Pixels(1);
        float[] logits = (await _model.EvaluateAsync(pixels, Of("class logit mean"), Stop)).Floats.ToArray();
        float[] probabilities = (await _model.EvaluateAsync(pixels, Of("class probability mean"), Stop)).Floats.ToArray();
        double sum = logits.Sum(l => Math.Exp(l));
        for (int c = 0; c < logits.Length; c++) Assert.Equal(Math.Exp(logits[c]) / sum, probabilities[c], 1e-5);
    }

    [Fact]
    public async Task A_tap_is_compared_with_nothing_else()
    {
        ExplanationTarget[] mixed = [Of("tap block")[0], Of("cosine")[0]];
        PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(() => _model.EvaluateAsync(SmallVisionTransformer.Pixels(1), mixed, Stop));
        Assert.Contains("cannot share a run", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vision.blocks.0.outputs", "nearest: vision.blocks.0.output", 1, 1)]
    [InlineData("vision.blocks.0.output", "needs 2", 1)]
    [InlineData("vision.blocks.0.output", "which goes from 0 to 4", 5, 0)]
    [InlineData("vision.blocks.0.attn.out_proj.weight", "a weight", 1)]
    public async Task A_tap_that_does_not_fit_is_refused(string tap, string says, params int[] index)
    {
        PellucidException refusal = await Assert.ThrowsAnyAsync<PellucidException>(() => _model.GradientsAsync(SmallVisionTransformer.Pixels(1), [new TapTarget(tap, index)], Stop));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tap_whose_first_axis_does_not_count_images_is_refused()
    {
        var g = new GraphBuilder("rows");
        Value pixels = g.Input(EncoderNames.PixelValues, TensorType.Float(TensorShape.Dynamic, 3, SmallVisionTransformer.Side, SmallVisionTransformer.Side));
        Value rows = g.Reshape(pixels, -1, SmallVisionTransformer.Side);
        g.Tap("rows", rows);
        g.Output(EncoderNames.ImageEmbeds, g.Reshape(rows, -1, 3 * SmallVisionTransformer.Side * SmallVisionTransformer.Side));
        PellucidException refusal = Assert.Throws<PellucidException>(() => new TargetGraphs(_model.Fusion).Build(g.Build(), Modality.Image, [new TapTarget("rows", [1])], counterpart: null));
        Assert.Contains("its first axis does not count images", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_scores_are_explained_on_the_text_side()
    {
        PellucidException refusal = Assert.Throws<PellucidException>(() => new TargetGraphs(_model.Fusion).Build(SmallVisionTransformer.Build(), Modality.Text, Of("tap block"), counterpart: null));
        Assert.Contains("cannot be explained on the text side", refusal.Message, StringComparison.Ordinal);
    }

    private ExplanationTarget[] Of(string kind) => TargetKinds.Of(kind, _runner);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static void AssertClose(HostTensor expected, HostTensor actual)
    {
        float size = Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected.Floats));
        Assert.True(size is > 1e-6f and < 1e6f, $"the largest value is {size}");
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected.Floats[i], actual.Floats[i], 2e-5 * size);
    }
}
