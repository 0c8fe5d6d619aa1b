using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Axiomatic;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Robustness;
using Pellucid.Plugins.Metrics.Text;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class MetricMeasurementTests
{
    [Fact]
    public async Task Unusable_items_are_told_of_and_the_others_measured()
    {
        MeasuredItem good = Scenes.Item(Scenes.Right);
        float[] broken = Scenes.Right;
        broken[3] = float.NaN;
        MeasuredItem[] items =
        [
            good with { Map = null }, good, Scenes.Item(broken), good with { Map = HostTensor.Of(new float[4], 2, 2) },
            good with { Candidates = null }, good with { CandidateIndex = 2 },
        ];
        IReadOnlyList<MetricResult> results = await new DeletionMetric(new DeletionOptions()).RunAsync(Scenes.Request(new BrightnessModel(), items), TestContext.Current.CancellationToken);
        string[] words = ["no map", "", "not finite", "[2,2]", "no list of candidate texts", "candidate 2"];
        for (int i = 0; i < items.Length; i++)
        {
            Assert.Equal(i == 1 ? MetricStatus.Measured : MetricStatus.NotApplicable, results[i].Status);
            if (i != 1) Assert.Contains(words[i], results[i].Reason, StringComparison.Ordinal);
            Assert.Equal(i != 1, double.IsNaN(results[i].Value));
        }
    }

    [Fact]
    public async Task What_cannot_go_together_is_refused_before_any_work()
    {
        BrightnessModel model = new() { Capabilities = ModelCapabilities.None };
        MetricRequest request = Scenes.Request(model, Scenes.Item(Scenes.Right));
        (IMetric Metric, string Words)[] cases =
        [
            (new PixelFlippingMetric(new PixelFlippingOptions()), "cannot be evaluated"),
            (new MaxSensitivityMetric(new MaxSensitivityOptions()), "explainer of these maps is not known"),
            (new InputInvarianceMetric(new InputInvarianceOptions()), "explainer of these maps is not known"),
        ];
        foreach ((IMetric metric, string words) in cases)
        {
            MetricResult result = Assert.Single(await metric.RunAsync(request, TestContext.Current.CancellationToken));
            Assert.Equal(MetricStatus.NotApplicable, result.Status);
            Assert.Contains(words, result.Reason, StringComparison.Ordinal);
        }

        Assert.Empty(model.Batches);
    }

    [Fact]
    public async Task An_explanation_without_words_has_no_text_deletion()
    {
        MetricResult result = Assert.Single(await new TextDeletionMetric(new WordStepOptions()).RunAsync(Scenes.Request(new BrightnessModel(), Scenes.Item(Scenes.Right)), TestContext.Current.CancellationToken));
        Assert.Contains("no importances of words", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_finite_needs_a_reason()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricResult.Of(double.NaN));
        Assert.Equal("why", MetricResult.OfOrUndefined(double.PositiveInfinity, "why").Reason);
        Assert.Equal(3, MetricResult.OfOrUndefined(3, "why").Value);
    }

    [Fact]
    public void Better_is_what_the_direction_says()
    {
        MetricTraits lower = new() { Family = MetricFamily.Faithfulness, Direction = MetricDirection.Lower, Needs = MetricNeeds.None };
        Assert.True(lower.IsBetter(1, 2));
        Assert.False((lower with { Direction = MetricDirection.Higher }).IsBetter(1, 2));
        Assert.False((lower with { Direction = MetricDirection.None }).IsBetter(1, 2));
    }
}
