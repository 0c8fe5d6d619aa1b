using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;
using Pellucid.Plugins.Metrics.Randomization;
using Pellucid.Plugins.Metrics.Shared;
using Pellucid.Runtime;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>A model of two layers, and an explainer whose map is the weights of one of them.</summary>
public sealed class RandomizationTests : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    private static float[] Weights => [.. Enumerable.Range(0, 32).Select(i => MathF.Sin(i) + (0.1f * i))];

    [Fact]
    public async Task Only_a_map_that_depends_on_a_layer_changes_with_it()
    {
        MetricResult lower = await RunAsync(new MprtMetric(new() { Order = LayerOrder.Independent, Abs = false }), Reads("lower.weight"), Item());
        Assert.Equal(["original", "lower", "upper"], lower.Details.Keys);
        Assert.Equal((1.0, 1.0), (lower.Details["original"], lower.Details["upper"]));
        Assert.InRange(lower.Details["lower"], -0.9, 0.9);
        Assert.Equal((1 + lower.Details["lower"]) / 2, lower.Value, 12);
        Assert.Equal([0, 0.5, 1], lower.Curves[0].X);
    }

    [Fact]
    public async Task Cascades_keep_what_was_randomized_before()
    {
        MetricResult down = await RunAsync(new MprtMetric(new() { Abs = false }), Reads("lower.weight"), Item());
        Assert.Equal(["original", "upper", "lower"], down.Details.Keys);
        Assert.Equal(1, down.Details["upper"]);
        MetricResult up = await RunAsync(new MprtMetric(new() { Order = LayerOrder.BottomUp, Abs = false }), Reads("lower.weight"), Item());
        Assert.Equal(up.Details["lower"], up.Details["upper"]);
        // The weights of a layer depend on the seed and its name alone.
        Assert.Equal(down.Details["lower"], up.Details["lower"]);
        MetricResult other = await RunAsync(new MprtMetric(new() { Order = LayerOrder.BottomUp, Abs = false, WeightSeed = 1 }), Reads("lower.weight"), Item());
        Assert.NotEqual(up.Details["lower"], other.Details["lower"]);
    }

    [Fact]
    public async Task The_last_step_alone_randomizes_everything()
    {
        MprtOptions options = new() { Order = LayerOrder.BottomUp, OnlyLast = true, Value = RandomizedValue.Last, Abs = false };
        MetricResult result = await RunAsync(new MprtMetric(options), Reads("upper.weight"), Item());
        Assert.Equal(["original", "upper"], result.Details.Keys);
        Assert.Equal(result.Details["upper"], result.Value);
        MetricResult average = await RunAsync(new MprtMetric(options with { Value = RandomizedValue.Average, Compat = Compatibility.Quantus }), Reads("upper.weight"), Item());
        Assert.Equal((1 + result.Value) / 2, average.Value, 12);
    }

    [Fact]
    public async Task Stored_weights_are_put_in_and_layers_can_be_chosen()
    {
        Dictionary<string, HostTensor> draws = new(StringComparer.Ordinal) { ["weight:lower.weight"] = HostTensor.Of([.. Weights.Select(v => -v)], 16, 2) };
        MetricResult result = await RunAsync(new MprtMetric(new() { Layers = ["lower"], Abs = false }), Reads("lower.weight"), Item() with { Draws = draws });
        Assert.Equal(-1, result.Value, 12);
        await Assert.ThrowsAsync<PellucidException>(() => RunAsync(new MprtMetric(new()), Reads("lower.weight"), Item() with { Draws = draws }));
        PellucidException unknown = await Assert.ThrowsAsync<PellucidException>(() => RunAsync(new MprtMetric(new() { Layers = ["lover"] }), Reads("lower.weight"), Item()));
        Assert.Contains("lower", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denoised_maps_are_means_over_noisy_images()
    {
        // The map is the image: noise of 1 and -1 cancels, and randomizing changes nothing.
        float[] noise = [.. Enumerable.Range(0, 64).Select(i => i / 16 % 2 == 0 ? 1f : -1f)];
        MeasuredItem item = Item() with { Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["noise"] = HostTensor.Of(noise, 4, 1, 4, 4), ["weight:upper.weight"] = HostTensor.Of(new float[4], 2, 2) } };
        MetricResult result = await RunAsync(new SmoothMprtMetric(new() { Samples = 3, Layers = ["upper"], Similarity = SimilarityMeasure.Pearson }), EchoExplainer.Times(1), item);
        Assert.Equal(1, result.Value, 5);
        MetricResult drawn = await RunAsync(new SmoothMprtMetric(new() { Samples = 3 }), Reads("lower.weight"), Item());
        Assert.Equal(2, drawn.Curves[0].Y.Count - 1);
    }

    [Fact]
    public async Task Complexity_rises_where_the_randomized_map_spreads_over_more_bins()
    {
        // Half zeros, half ones before: ln 2. Four values after: ln 4.
        Dictionary<string, HostTensor> draws = new(StringComparer.Ordinal)
        {
            ["weight:lower.weight"] = HostTensor.Of([.. Enumerable.Range(0, 32).Select(i => (float)(i % 4))], 16, 2),
            ["weight:upper.weight"] = HostTensor.Of(new float[4], 2, 2),
        };
        MeasuredItem item = Item() with { Map = HostTensor.Of([.. Enumerable.Range(0, 16).Select(i => i % 2f)], 4, 4), Draws = draws };
        MetricResult result = await RunAsync(new EfficientMprtMetric(new()), Reads("lower.weight"), item);
        Assert.Equal(1, result.Value, 9);
        Assert.Equal(Math.Log(2), result.Details["explanation-before"], 9);
        Assert.Equal(MetricStatus.Undefined, (await RunAsync(new EfficientMprtMetric(new()), Reads("lower.weight"), item with { Map = HostTensor.Of(new float[16], 4, 4) })).Status);
    }

    [Theory]
    [InlineData(SimilarityMeasure.Pearson, -1)]
    [InlineData(SimilarityMeasure.Spearman, -1)]
    [InlineData(SimilarityMeasure.Cosine, -1)]
    public async Task The_map_of_the_other_text_is_compared(SimilarityMeasure measure, double expected)
    {
        EchoExplainer explainer = new(r => [.. Scenes.Right.Select(v => ((MatchingScoreTarget)r.Targets[0]).Text.Embedding.Floats[0] > 0 ? v : -v)]);
        MetricResult result = await RunAsync(new RandomLogitMetric(new() { Similarity = measure }), explainer, Item() with { Map = HostTensor.Of(Scenes.Right, 4, 4) });
        Assert.Equal(expected, result.Value, 6);
        MetricResult flat = await RunAsync(new RandomLogitMetric(new() { Similarity = SimilarityMeasure.SsimFlat }), explainer, Item() with { Map = HostTensor.Of(Scenes.Right, 4, 4) });
        Assert.Equal(MapSimilarity.Ssim(HostTensor.Of(Scenes.Right, 16), HostTensor.Of(Scenes.Wrong, 16)), flat.Value, 3);
        MetricResult none = await RunAsync(new RandomLogitMetric(new()), explainer, Item() with { Target = new EmbeddingDimensionTarget(0) });
        Assert.Equal(MetricStatus.NotApplicable, none.Status);
    }

    [Fact]
    public async Task A_model_that_cannot_be_edited_is_refused()
    {
        MetricRequest request = Scenes.Request(new BrightnessModel(), Item()) with { Explainer = EchoExplainer.Times(1) };
        Assert.Equal(MetricStatus.NotApplicable, (await new MprtMetric(new()).RunAsync(request, TestContext.Current.CancellationToken))[0].Status);
    }

    public void Dispose() => _runner.Dispose();

    private static MeasuredItem Item() => Scenes.Item([.. Weights.Take(16)]);

    /// <summary>A map that is the first values of a weight.</summary>
    private static EchoExplainer Reads(string weight) => new(r =>
        [.. ((IGraphModel)r.Model).ImageEncoder(r.Image.Size).Weights[weight].Read().Floats.ToArray().Concat(Weights.Skip(4)).Take(16)]);

    private async Task<MetricResult> RunAsync(IMetric metric, EchoExplainer explainer, MeasuredItem item) =>
        (await metric.RunAsync(Scenes.Request(Model(), item) with { Explainer = explainer }, TestContext.Current.CancellationToken))[0];

    private GraphVisionLanguageModel Model()
    {
        var g = new GraphBuilder("image");
        Value pixels = g.Input(EncoderNames.PixelValues, TensorType.Float(TensorShape.Dynamic, 1, 4, 4));
        Value hidden = g.MatMul(g.Reshape(pixels, -1, 16), g.Weight("lower.weight", new InlineWeight(HostTensor.Of(Weights, 16, 2))));
        g.Output(EncoderNames.ImageEmbeds, g.MatMul(hidden, g.Weight("upper.weight", new InlineWeight(HostTensor.Of([1, 2, 3, 4.5f], 2, 2)))));
        Graph graph = g.Build();
        return new GraphVisionLanguageModel(
            new GraphModelParts
            {
                Description = new ModelDescription("two layers", "test", "test", 2, new ImageSize(4, 4), 1, 8, 2f, 0, string.Empty, []),
                Tokenizer = new MissingTokenizer("two layers", 8, "none"),
                Fusion = new CosineFusion(2f),
                Preprocessing = new PreprocessingSpec { Name = "none", Resize = ResizeMode.None, Width = 4, Height = 4 },
                ImageEncoder = _ => graph,
                TextEncoder = () => throw new PellucidException("a test has no text encoder"),
                ImageLayout = _ => null,
            },
            _runner);
    }
}
