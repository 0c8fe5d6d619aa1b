using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Models;
using Pellucid.Runtime;

namespace Pellucid.Modeling.Tests.Models;

/// <summary>However the work is cut into runs, values and gradients are the same.</summary>
public sealed class PixelGradientsTests : IDisposable
{
    private const int AllAtOnce = 100;

    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });
    private readonly TargetGraphs _targets = new(new CosineFusion(10));
    private readonly Graph _encoder = SmallVisionTransformer.Build();

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData("cosine")]
    [InlineData("logit")]
    [InlineData("linear")]
    [InlineData("embedding dimension")]
    public async Task Many_targets_of_one_image_by_one_forward_run_equal_one_joint_run(string named)
    {
        ScoreKind? kind = Enum.TryParse(named, ignoreCase: true, out ScoreKind score) ? score : null;
        TargetGraph target = Resolve(kind, 6);
        HostTensor pixels = SmallVisionTransformer.Pixels(1);
        TargetGradients joint = await ComputeAsync(target, pixels, 6, AllAtOnce);
        foreach (int rows in new[] { 1, 4, 5 }) AssertEqual(joint, await ComputeAsync(target, pixels, 6, rows));
        for (int k = 0; k < 6; k++)
        {
            TargetGradients alone = await ComputeAsync(Resolve(kind, 6, k), pixels, 1, AllAtOnce);
            AssertEqual(new TargetGradients(joint.Values.Rows(k, 1), joint.Gradients.Rows(k, 1)), alone);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task Many_images_a_few_at_a_time_equal_all_at_once(int texts)
    {
        TargetGraph target = Resolve(ScoreKind.Cosine, texts);
        HostTensor pixels = SmallVisionTransformer.Pixels(6);
        TargetGradients joint = await ComputeAsync(target, pixels, texts, AllAtOnce);
        Assert.Equal(new TensorShape(6, 3, SmallVisionTransformer.Side, SmallVisionTransformer.Side), joint.Gradients.Shape);
        foreach (int rows in new[] { 1, 4 }) AssertEqual(joint, await ComputeAsync(target, pixels, texts, rows));
    }

    [Fact]
    public async Task The_gradient_is_the_slope_of_the_value()
    {
        TargetGraph target = Resolve(ScoreKind.Logit, 1);
        HostTensor pixels = SmallVisionTransformer.Pixels(1);
        HostTensor gradient = (await ComputeAsync(target, pixels, 1, AllAtOnce)).Gradients;
        int largest = TensorPrimitives.IndexOfMaxMagnitude<float>(gradient.Floats);
        const float Step = 1e-2f;
        HostTensor Moved(float by)
        {
            HostTensor moved = HostTensor.Of(pixels.Floats.ToArray(), pixels.Shape);
            moved.Floats[largest] += by;
            return moved;
        }

        double up = (await ComputeAsync(target, Moved(Step), 1, AllAtOnce)).Values.Floats[0];
        double down = (await ComputeAsync(target, Moved(-Step), 1, AllAtOnce)).Values.Floats[0];
        Assert.Equal(gradient.Floats[largest], (up - down) / (2 * Step), 0.01 * Math.Abs(gradient.Floats[largest]));
    }

    [Fact]
    public void Targets_of_a_kind_share_one_graph_whatever_their_number()
    {
        Assert.Same(Resolve(ScoreKind.Cosine, 1).Graph, Resolve(ScoreKind.Cosine, 6).Graph);
        Assert.Same(Resolve(null, 1).Graph, Resolve(null, 6).Graph);
        Assert.NotSame(Resolve(ScoreKind.Cosine, 1).Graph, Resolve(ScoreKind.Logit, 1).Graph);
    }

    private static void AssertEqual(TargetGradients expected, TargetGradients actual)
    {
        AssertClose(expected.Values, actual.Values);
        AssertClose(expected.Gradients, actual.Gradients);
    }

    private static void AssertClose(HostTensor expected, HostTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float size = Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected.Floats));
        Assert.True(size is > 1e-3f and < 1e6f, $"the largest value is {size}");
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected.Floats[i], actual.Floats[i], 1e-5 * size);
    }

    private Task<TargetGradients> ComputeAsync(TargetGraph target, HostTensor pixels, int targets, int rows) =>
        PixelGradients.ComputeAsync(_runner, target, pixels, targets, rows, TestContext.Current.CancellationToken);

    /// <summary>So many targets, or the one of them that is named: texts for a kind of score, embedding dimensions for null.</summary>
    private TargetGraph Resolve(ScoreKind? kind, int count, int? one = null)
    {
        var random = new Random(9);
        ExplanationTarget[] all = [.. Enumerable.Range(0, count).Select(k => kind is { } score ? Text(random, score) : (ExplanationTarget)new EmbeddingDimensionTarget(k))];
        return _targets.Build(_encoder, Modality.Image, one is { } index ? [all[index]] : all, counterpart: null);
    }

    private static MatchingScoreTarget Text(Random random, ScoreKind score) => new(
        new TextInput(new TokenizedText("text", [], 0, [], [], false, 0), SmallVisionTransformer.Random(random, 1, 0, SmallVisionTransformer.Embedding)), score);
}
