using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Axiomatic;
using Pellucid.Plugins.Metrics.Complexity;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Localization;
using Pellucid.Plugins.Metrics.Randomization;
using Pellucid.Plugins.Metrics.Robustness;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class BatchDependenceTests
{
    /// <summary>Metrics with an option that lets items influence each other, and what their traits advise.</summary>
    public static TheoryData<IMetric, string> Dependent => new()
    {
        { new EffectiveComplexityMetric(new() { Normalize = MapNormalization.BatchMax, Epsilon = 0.1 }), "take normalize=max" },
        { new SparsenessMetric(new() { Normalize = MapNormalization.BatchRms, Compat = Compatibility.Quantus }), "take normalize=rms" },
        { new AttributionLocalizationMetric(new() { Weighting = AreaWeighting.Batch }), "take weighting=inverse" },
        { new CompletenessMetric(new() { Normalize = MapNormalization.BatchMax }), "take normalize=max" },
        { new NonSensitivityMetric(new() { Normalize = MapNormalization.BatchMax, Epsilon = 0.1, Step = 1 }), "take normalize=max" },
        { new InfidelityMetric(new() { Normalize = MapNormalization.BatchRms }), "take normalize=rms" },
        { new SensitivityNMetric(new() { Compat = Compatibility.Quantus, Step = 2 }), "take compat=paper" },
        { new IrofMetric(new() { Compat = Compatibility.Quantus, Segments = 4, Score = MeasuredScore.Target }), "take compat=paper" },
        { new LocalLipschitzMetric(new() { Normalize = MapNormalization.BatchMax }), "take normalize=max" },
    };

    [Theory]
    [MemberData(nameof(Dependent), DisableDiscoveryEnumeration = true)]
    public async Task What_depends_on_its_company_says_so_and_names_what_does_not(IMetric metric, string advice)
    {
        Assert.Contains(advice, metric.Traits.BatchDependence, StringComparison.Ordinal);
        MeasuredItem item = Masked(Scenes.Item(Scenes.Right));
        MeasuredItem[] company = [item, Masked(Scenes.Item([.. Scenes.Right.Select((v, i) => 40 * v * (1 + (i % 3)))], 0.6f)), Masked(Scenes.Item(Scenes.Wrong, 0.8f))];
        Assert.NotEqual(await FirstAsync(metric, item), await FirstAsync(metric, company));
    }

    [Theory]
    [InlineData(MapNormalization.None)]
    [InlineData(MapNormalization.Max)]
    [InlineData(MapNormalization.Rms)]
    public void What_scales_each_map_by_itself_depends_on_nothing(MapNormalization own)
    {
        IMetric[] metrics =
        [
            new EffectiveComplexityMetric(new() { Normalize = own }), new SparsenessMetric(new() { Normalize = own }), new CompletenessMetric(new() { Normalize = own }), new NonSensitivityMetric(new() { Normalize = own }),
            new InfidelityMetric(new() { Normalize = own }), new SensitivityNMetric(new() { Normalize = own }), new ContinuityMetric(new() { Normalize = own }), new MprtMetric(new() { Normalize = own }),
            new SmoothMprtMetric(new() { Normalize = own }), new EfficientMprtMetric(new() { Normalize = own }), new RandomLogitMetric(new() { Normalize = own }), new IrofMetric(new()), new AttributionLocalizationMetric(new()),
        ];
        Assert.All(metrics, m => Assert.Null(m.Traits.BatchDependence));
        IMetric[] randomizing =
        [
            new MprtMetric(new() { Normalize = MapNormalization.BatchMax }), new SmoothMprtMetric(new() { Normalize = MapNormalization.BatchRms }), new EfficientMprtMetric(new() { Normalize = MapNormalization.BatchRms }),
            new RandomLogitMetric(new() { Normalize = MapNormalization.BatchMax }),
        ];
        Assert.All(randomizing, m => Assert.NotNull(m.Traits.BatchDependence));
    }

    [Fact]
    public async Task Whether_an_explainer_gives_elements_for_one_item_does_not_change_the_completeness_of_another()
    {
        var metric = new CompletenessMetric(new());
        MeasuredItem without = Scenes.Item(Scenes.Right), with = without with { Elements = HostTensor.Of([.. Scenes.Right.Select(v => 2 * v)], 1, 4, 4) };
        Assert.Equal(await FirstAsync(metric, with), await FirstAsync(metric, with, without));
    }

    private static MeasuredItem Masked(MeasuredItem item) => item with { Masks = [new RegionMask([.. Enumerable.Range(0, 16).Select(i => i % 2 == 0)], new TensorShape(4, 4))] };

    private static async Task<double> FirstAsync(IMetric metric, params MeasuredItem[] items) =>
        (await metric.RunAsync(Scenes.Request(new BrightnessModel(), items) with { Explainer = EchoExplainer.Times(3) }, TestContext.Current.CancellationToken))[0].Value;
}
