using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Robustness;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class RobustnessTests
{
    [Fact]
    public async Task Maps_that_are_three_times_the_image_have_a_Lipschitz_constant_of_three()
    {
        MetricResult result = await RunAsync(new LocalLipschitzMetric(new()), EchoExplainer.Times(3), Item(3));
        Assert.Equal(3, result.Value, 4);
    }

    [Fact]
    public async Task Sensitivities_are_the_largest_and_the_mean_change_as_a_share_of_the_map()
    {
        // Norm of the image times its change: 1, 2 and 3 along the first value.
        float[] noise = [.. Enumerable.Range(0, 48).Select(i => i % 16 == 0 ? (i / 16) + 1f : 0)];
        MeasuredItem item = Item(2) with { Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["noise"] = HostTensor.Of(noise, 3, 1, 4, 4) } };
        double norm = Math.Sqrt(item.Map!.Floats.ToArray().Sum(v => (double)v * v));
        Assert.Equal(6 / norm, (await RunAsync(new MaxSensitivityMetric(new()), EchoExplainer.Times(2), item)).Value, 5);
        Assert.Equal(4 / norm, (await RunAsync(new AvgSensitivityMetric(new()), EchoExplainer.Times(2), item)).Value, 5);
        Assert.Equal(6 / norm, (await RunAsync(new MaxSensitivityMetric(new() { Normalize = MapNormalization.None, Abs = true }), EchoExplainer.Times(-2), item)).Value, 5);
    }

    [Fact]
    public async Task Maps_in_proportion_to_the_image_are_as_stable_as_it()
    {
        MetricResult input = await RunAsync(new RelativeInputStabilityMetric(new() { OnChange = PredictionChange.Keep, Radius = 0.01 }), EchoExplainer.Times(2), Item(2));
        Assert.Equal(1, input.Value, 3);
        MetricResult output = await RunAsync(new RelativeOutputStabilityMetric(new() { OnChange = PredictionChange.Keep }), EchoExplainer.Times(2), Item(2));
        Assert.True(output.Value > 0);
        MetricResult inner = await RunAsync(new RelativeRepresentationStabilityMetric(new() { OnChange = PredictionChange.Keep }), EchoExplainer.Times(2), Item(2));
        Assert.True(inner.Value > 0);
        MetricResult refused = await RunAsync(new RelativeRepresentationStabilityMetric(new() { Tap = "vision.none" }), EchoExplainer.Times(2), Item(2));
        Assert.Equal(MetricStatus.NotApplicable, refused.Status);
    }

    [Fact]
    public async Task Images_that_change_the_prediction_are_kept_dropped_or_make_the_value_undefined()
    {
        // The second change makes the bright image dark.
        float[] noise = [.. Enumerable.Range(0, 32).Select(i => i < 16 ? 0.1f : -1f)];
        MeasuredItem item = Item(1) with { Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["noise"] = HostTensor.Of(noise, 2, 1, 4, 4) } };
        MetricResult keep = await RunAsync(new MaxSensitivityMetric(new()), EchoExplainer.Times(1), item);
        MetricResult drop = await RunAsync(new MaxSensitivityMetric(new() { OnChange = PredictionChange.Drop }), EchoExplainer.Times(1), item);
        Assert.Equal(10, keep.Value / drop.Value, 3);
        Assert.Equal(1, drop.Details["changed-predictions"]);
        MetricResult undefined = await RunAsync(new MaxSensitivityMetric(new() { OnChange = PredictionChange.Undefined }), EchoExplainer.Times(1), item);
        Assert.Equal((MetricStatus.Undefined, "a changed image has another prediction"), (undefined.Status, undefined.Reason));
    }

    [Fact]
    public async Task Noisy_images_of_all_items_and_samples_share_full_batches()
    {
        EchoExplainer explainer = EchoExplainer.Times(1);
        MetricRequest request = Scenes.Request(new BrightnessModel(), Item(1), Item(1), Item(1)) with { Explainer = explainer, BatchSize = 4 };
        IReadOnlyList<MetricResult> results = await new MaxSensitivityMetric(new() { Samples = 5 }).RunAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([4, 4, 4, 3], explainer.Batches);
        // Equal items with one seed have equal values, in whatever batch they were.
        Assert.Equal(results[0].Value, results[2].Value);
    }

    [Fact]
    public async Task Shifts_compare_with_what_came_in_at_the_edge_and_an_image_of_that_color_has_no_value()
    {
        ContinuityOptions options = new() { Fill = FillColor.Zero, Normalize = MapNormalization.None };
        Assert.True((await RunAsync(new ContinuityMetric(options), EchoExplainer.Times(2), Item(2))).Value > 2);
        Assert.True((await RunAsync(new ContinuityMetric(options with { Axis = ShiftAxis.Vertical, Steps = 3 }), EchoExplainer.Times(2), Item(2))).Value > 2);
        MeasuredItem black = Item(1) with { Image = Item(1).Image with { Pixels = HostTensor.Of(new float[16], 1, 1, 4, 4) } };
        Assert.Equal(MetricStatus.Undefined, (await RunAsync(new ContinuityMetric(options), EchoExplainer.Times(2), black)).Status);
    }

    [Fact]
    public async Task An_explanation_is_consistent_with_the_images_that_share_it()
    {
        var metric = new ConsistencyMetric(new() { N = 2 });
        MeasuredItem dark = Scenes.Item(Scenes.Right, 0, "dark"), alone = Scenes.Item(Scenes.Wrong);
        IReadOnlyList<MetricResult> states = await metric.RunAsync(
            Scenes.Request(new BrightnessModel(), Scenes.Item(Scenes.Right), Scenes.Item([.. Scenes.Right.Select(v => 2 * v)], 0.9f), dark, alone), TestContext.Current.CancellationToken);
        IMetricPool pool = metric.CreatePool();
        foreach (MetricResult state in states) pool.Add(state);
        PooledResult pooled = pool.Finish();
        Assert.Equal([0.5, 0.5, 0, double.NaN], pooled.Items!.Select(i => i.Value));
        Assert.Equal(1.0 / 3, pooled.Overall.Value, 12);
    }

    [Theory]
    [InlineData(Compatibility.Paper, 0.0, 0.0, 0.0)]
    [InlineData(Compatibility.Quantus, 0.5, 0.5, 0.0)]
    public async Task Targets_of_one_image_do_not_agree_with_each_other(Compatibility compat, params double[] expected)
    {
        // One image for two targets with one map, and a dark one of another class with the same map.
        var metric = new ConsistencyMetric(new() { N = 2, Compat = compat });
        MeasuredItem bright = Scenes.Item(Scenes.Right);
        IMetricPool pool = metric.CreatePool();
        foreach (MetricResult state in await metric.RunAsync(Scenes.Request(new BrightnessModel(), bright, bright with { CandidateIndex = 1 }, Scenes.Item(Scenes.Right, 0)), TestContext.Current.CancellationToken))
            pool.Add(state);
        Assert.Equal(expected, pool.Finish().Items!.Select(i => i.Value));
    }

    [Fact]
    public async Task An_empty_map_has_no_sensitivity() => Assert.Equal(
        MetricStatus.Undefined, (await RunAsync(new AvgSensitivityMetric(new()), EchoExplainer.Times(0), Scenes.Item(new float[16]))).Status);

    /// <summary>A bright image whose map is a multiple of it.</summary>
    private static MeasuredItem Item(float factor)
    {
        MeasuredItem item = Scenes.Item(Scenes.Right);
        return item with { Map = HostTensor.Of([.. item.Image.Pixels.Floats.ToArray().Select(v => factor * v)], 4, 4) };
    }

    private static async Task<MetricResult> RunAsync(IMetric metric, EchoExplainer explainer, MeasuredItem item) =>
        (await metric.RunAsync(Scenes.Request(new BrightnessModel(), item) with { Explainer = explainer }, TestContext.Current.CancellationToken))[0];
}
