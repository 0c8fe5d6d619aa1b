using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Axiomatic;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class FaithfulnessTests
{
    private static IMetric[] All =>
    [
        new DeletionMetric(new DeletionOptions { Score = MeasuredScore.Target, Share = 0.1, Steps = 10, Fill = FillColor.Black }),
        new InsertionMetric(new InsertionOptions { Score = MeasuredScore.Target, Share = 0.1, Steps = 10 }),
        new PixelFlippingMetric(new PixelFlippingOptions { Step = 2 }),
        new PixelFlippingMetric(new PixelFlippingOptions { Step = 2, Order = RemovalOrder.LeastRelevant }),
        new RegionPerturbationMetric(new RegionPerturbationOptions { Patch = 2 }),
        new RegionPerturbationMetric(new RegionPerturbationOptions { Patch = 2, Placement = PatchPlacement.Greedy }),
        new SelectivityMetric(new SelectivityOptions { Patch = 2 }),
        new RoadMetric(new RoadOptions { Score = MeasuredScore.Probability }),
        new IrofMetric(new IrofOptions { Segments = 4, Fill = FillColor.Black }),
        new FaithfulnessCorrelationMetric(new FaithfulnessCorrelationOptions { Subset = 4 }),
        new FaithfulnessEstimateMetric(new FaithfulnessEstimateOptions { Step = 2 }),
        new SensitivityNMetric(new SensitivityNOptions { Samples = 20, Sizes = 3 }),
        new PerturbationTestMetric(new PerturbationTestOptions()),
    ];

    private static IMetric[] Others =>
    [
        new MonotonicityMetric(new MonotonicityOptions { Step = 2 }),
        new MonotonicityCorrelationMetric(new MonotonicityCorrelationOptions { Step = 2 }),
        new InfidelityMetric(new InfidelityOptions()),
        new InfidelityMetric(new InfidelityOptions { Perturbation = InfidelityPerturbation.Squares, Sides = [2] }),
        new CompletenessMetric(new CompletenessOptions()),
        new NonSensitivityMetric(new NonSensitivityOptions { Step = 2 }),
    ];

    [Fact]
    public async Task A_map_of_what_the_model_sees_is_better_than_its_opposite()
    {
        foreach (IMetric metric in All)
        {
            IReadOnlyList<MetricResult> results = await metric.RunAsync(
                Scenes.Request(new BrightnessModel(), Scenes.Item(Scenes.Right), Scenes.Item(Scenes.Wrong)), TestContext.Current.CancellationToken);
            Assert.True(metric.Traits.IsBetter(results[0].Value, results[1].Value), $"{metric.GetType().Name}: {results[0].Value} {results[0].Reason} against {results[1].Value} {results[1].Reason}");
        }
    }

    [Fact]
    public async Task Other_images_of_a_request_change_nothing()
    {
        MeasuredItem item = Scenes.Item(Scenes.Right, 0.8f);
        MeasuredItem[] others = [Scenes.Item([.. Scenes.Wrong.Select(v => 100 * v)]), item, Scenes.Item(Scenes.Right, 0.3f)];
        foreach (IMetric metric in All.Concat(Others))
        {
            MetricResult alone = Assert.Single(await metric.RunAsync(Scenes.Request(new BrightnessModel(), item), TestContext.Current.CancellationToken));
            MetricResult among = (await metric.RunAsync(Scenes.Request(new BrightnessModel(), others), TestContext.Current.CancellationToken))[1];
            Assert.Equal(alone.Value, among.Value);
        }
    }

    [Fact]
    public async Task Empty_and_constant_maps_have_a_value_or_a_reason_and_values_lie_in_the_range()
    {
        float[][] maps = [new float[16], [.. Enumerable.Repeat(0.5f, 16)], Scenes.Right, Scenes.Wrong];
        MeasuredItem[] items = [.. maps.Select(m => Scenes.Item(m))];
        foreach (IMetric metric in All.Concat(Others))
        {
            foreach (MetricResult result in await metric.RunAsync(Scenes.Request(new BrightnessModel(), items), TestContext.Current.CancellationToken))
            {
                Assert.Equal(result.Status == MetricStatus.Measured, double.IsFinite(result.Value));
                Assert.Equal(result.Status == MetricStatus.Measured, result.Reason is null);
                if (result.Status == MetricStatus.Measured) Assert.InRange(result.Value, metric.Traits.Minimum - 1e-9, metric.Traits.Maximum + 1e-9);
            }
        }
    }

    [Fact]
    public async Task The_mean_height_of_a_curve_does_not_depend_on_its_length()
    {
        MetricRequest request = Scenes.Request(new BrightnessModel(), Scenes.Item(Scenes.Right));
        double fine = (await new PixelFlippingMetric(new PixelFlippingOptions { Step = 1 }).RunAsync(request, TestContext.Current.CancellationToken))[0].Value;
        MetricResult raw = (await new PixelFlippingMetric(new PixelFlippingOptions { Step = 1, Area = AreaScale.Raw }).RunAsync(request, TestContext.Current.CancellationToken))[0];
        Assert.InRange(fine, 0, 1);
        Assert.Equal(raw.Curves[0].Y.Skip(1).Zip(raw.Curves[0].Y.Skip(2), (a, b) => (a + b) / 2).Sum(), raw.Value, 9);
    }

    [Fact]
    public async Task Completeness_of_the_true_differences_is_a_gap_of_zero()
    {
        // One pixel carries the whole difference of white and black.
        float[] map = new float[16];
        map[0] = 1;
        MetricResult result = (await new CompletenessMetric(new CompletenessOptions { Score = MeasuredScore.Target }).RunAsync(Scenes.Request(new BrightnessModel(), Scenes.Item(map)), TestContext.Current.CancellationToken))[0];
        Assert.InRange(result.Value, 0, 0.01);
        Assert.Equal(1, result.Details["score difference"], 2);
    }

    [Fact]
    public async Task Sufficiency_compares_a_map_with_those_like_it()
    {
        SufficiencyMetric metric = new(new SufficiencyOptions { Threshold = 0.1, Abs = false });
        MeasuredItem[] items = [Scenes.Item(Scenes.Right), Scenes.Item(Scenes.Right, 0.9f), Scenes.Item(Scenes.Right, 0.1f), Scenes.Item(Scenes.Wrong)];
        IMetricPool pool = metric.CreatePool();
        foreach (MetricResult state in await metric.RunAsync(Scenes.Request(new BrightnessModel(), items), TestContext.Current.CancellationToken)) pool.Add(state);
        PooledResult result = pool.Finish();
        // The dark image is put into the other class.
        Assert.Equal([0.5, 0.5, 0, double.NaN], result.Items!.Select(i => i.Value));
        Assert.Equal(1.0 / 3, result.Overall.Value, 9);
    }

    [Theory]
    [InlineData(Compatibility.Paper, 0.0, 0.0, double.NaN, 0.0, double.NaN)]
    [InlineData(Compatibility.Quantus, 0.5, 0.5, double.NaN, 0.0, 0.0)]
    public async Task Sufficiency_takes_targets_of_one_image_for_one_image_and_an_item_without_a_state_does_not_part_the_others(Compatibility compat, params double[] expected)
    {
        SufficiencyMetric metric = new(new SufficiencyOptions { Threshold = 0.1, Abs = false, Compat = compat });
        MeasuredItem bright = Scenes.Item(Scenes.Right);
        MeasuredItem[] items = [bright, bright with { CandidateIndex = 1 }, Scenes.Item(Scenes.Right) with { Map = null }, Scenes.Item(Scenes.Right, 0.1f), Scenes.Item(Scenes.Wrong, 0.9f)];
        IMetricPool pool = metric.CreatePool();
        foreach (MetricResult state in await metric.RunAsync(Scenes.Request(new BrightnessModel(), items), TestContext.Current.CancellationToken)) pool.Add(state);
        PooledResult result = pool.Finish();
        Assert.Equal(expected, result.Items!.Select(i => i.Value));
        Assert.Equal(MetricStatus.NotApplicable, result.Items![2].Status);
    }

    [Fact]
    public async Task Draws_of_a_wrong_size_are_refused()
    {
        MeasuredItem item = Scenes.Item(Scenes.Right) with { Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["order"] = HostTensor.Of([1f, 2], 2) } };
        PellucidException fault = await Assert.ThrowsAsync<PellucidException>(() => new PixelFlippingMetric(new PixelFlippingOptions()).RunAsync(Scenes.Request(new BrightnessModel(), item), TestContext.Current.CancellationToken));
        Assert.Contains("each of the 16 features once", fault.Message, StringComparison.Ordinal);
    }
}
