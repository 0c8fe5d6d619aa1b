using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Evaluating;

namespace Pellucid.Host.Tests.Evaluating;

public sealed class EvaluationStatisticsTests
{
    /// <summary>Twenty values whose first differences from others can be chosen.</summary>
    private static readonly double[] Base = [.. Enumerable.Range(0, 20).Select(i => ((i * 7) % 20) / 20.0)];

    [Theory]
    [InlineData(MetricDirection.Higher, "better", "worse")]
    [InlineData(MetricDirection.Lower, "worse", "better")]
    [InlineData(MetricDirection.None, "higher", "lower")]
    public void A_clear_difference_is_named_by_the_direction_of_the_metric(MetricDirection direction, string first, string second)
    {
        double[] above = [.. Base.Select((v, i) => v + 0.1 + (0.01 * (i % 3)))];
        Assert.Equal(first, Verdict(direction, above, Base));
        Assert.Equal(second, Verdict(direction, Base, above));
    }

    [Fact]
    public void A_better_mean_that_is_noise_shows_no_difference()
    {
        double[] noisy = [.. Base.Select((v, i) => v + (i % 2 == 0 ? 0.52 : -0.48))];
        Assert.True(noisy.Average() > Base.Average());
        Assert.Equal("no difference shown", Verdict(MetricDirection.Higher, noisy, Base));
    }

    [Fact]
    public void Five_images_can_show_nothing_and_pairs_are_adjusted_together()
    {
        Assert.Equal("no difference shown", Verdict(MetricDirection.Higher, [1, 2, 3, 4, 5], [0, 0, 0, 0, 0]));
        // Six equal signs: p = 2/64 alone, three times that among three pairs.
        double[] six = [1, 1.1, 1.2, 1.3, 1.4, 1.5], zeros = new double[6];
        Assert.Equal("better", Verdict(MetricDirection.Higher, six, zeros));
        Evaluation three = Evaluate(MetricDirection.Higher, new EvaluatedUnits(["a", "b", "c"]).Add("a", six).Add("b", zeros).Add("c", zeros));
        Assert.Equal([0.09375, 0.09375, 1], three.Comparisons.Select(c => c.AdjustedPValue!.Value));
        Assert.All(three.Comparisons, c => Assert.Equal(ComparisonVerdict.NoDifferenceShown, c.Verdict));
    }

    [Fact]
    public void Targets_of_one_image_count_as_one_image()
    {
        EvaluatedUnits units = new(["a", "b"]);
        foreach (string explainer in units.Explainers)
        {
            for (int t = 0; t < 30; t++) units.Add(explainer, "one", MetricResult.Of(explainer == "a" ? 1 : 0), $"t{t}");
            units.Add(explainer, "two", MetricResult.Of(explainer == "a" ? 0.5 : 0));
        }

        Evaluation evaluation = Evaluate(MetricDirection.Higher, units);
        Assert.Equal(0.75, evaluation.Estimates[0].Value!.Mean);
        Assert.Equal((2, 31), (evaluation.Estimates[0].Value!.Count, evaluation.Estimates[0].Measured));
        Assert.Equal((0.5, ComparisonVerdict.NoDifferenceShown), (evaluation.Comparisons[0].Difference!.PValue, evaluation.Comparisons[0].Verdict));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Items_about_one_image_file_count_as_one_image(bool pooled)
    {
        // Eight questions about each of three images: 24 items, and still nothing that three images could show.
        EvaluatedUnits units = new(["a", "b"]);
        for (int q = 0; q < 24; q++)
        {
            units.Add("a", $"q{q:D2}", pooled ? RatioMetric.Counts(8, 10) : WithCurve(0.8 + (0.001 * q)), file: $"image {q % 3}");
            units.Add("b", $"q{q:D2}", pooled ? RatioMetric.Counts(1, 10) : WithCurve(0.1), file: $"image {q % 3}");
        }

        if (pooled) units.Pooled.AddRange([new ReportPool("model", "a", "m", MetricResult.Of(0.8)), new ReportPool("model", "b", "m", MetricResult.Of(0.1))]);
        Evaluation evaluation = pooled ? EvaluationStatistics.Of(units, _ => new RatioMetric()) : Evaluate(MetricDirection.Higher, units);
        MetricComparison comparison = Assert.Single(evaluation.Comparisons);
        Assert.Equal((3, 3, 0.25), (evaluation.Estimates[0].Value!.Count, comparison.Difference!.Count, comparison.Difference.PValue));
        Assert.Equal((24, ComparisonVerdict.NoDifferenceShown), (evaluation.Estimates[0].Measured, comparison.Verdict));
        Assert.All(evaluation.Curves, c => Assert.Equal(3, c.Images));
        Assert.Equal(pooled ? 0 : 2, evaluation.Curves.Count);

        static MetricResult WithCurve(double value) => Curve([0, 1], [value, value]) with { Value = value };
    }

    [Fact]
    public void Pairs_take_only_units_where_both_have_a_value_and_the_rest_is_counted_with_reasons()
    {
        EvaluatedUnits units = new EvaluatedUnits(["a", "b"]).Add("a", 1, 2, 3).Add("b", 5)
            .Add("b", "image 001", MetricResult.Undefined("the map is constant")).Add("b", "image 002", null, failure: "the image is damaged");
        Evaluation evaluation = Evaluate(MetricDirection.Higher, units);
        Assert.Equal((-4.0, 1), (evaluation.Comparisons[0].Difference!.Mean, evaluation.Comparisons[0].Difference!.Count));
        MetricEstimate b = evaluation.Estimates[1];
        Assert.Equal((3, 1, 1), (b.Units, b.Measured, b.Failed));
        Assert.Equal([KeyValuePair.Create("the map is constant", 1)], b.WithoutValue);
        Assert.Null(b.Value!.Interval);
    }

    [Fact]
    public void Without_any_value_there_is_none_and_nothing_is_tested()
    {
        EvaluatedUnits units = new EvaluatedUnits(["a", "b"]).Add("a", "i", MetricResult.NotApplicable("no words")).Add("b", 1);
        Evaluation evaluation = Evaluate(MetricDirection.Lower, units);
        Assert.Null(evaluation.Estimates[0].Value);
        Assert.Equal((null, ComparisonVerdict.NotTested), (evaluation.Comparisons[0].AdjustedPValue, evaluation.Comparisons[0].Verdict));
    }

    [Fact]
    public void Pooled_values_are_ratios_of_sums_with_intervals_and_tests()
    {
        EvaluatedUnits units = new(["a", "b"]);
        for (int i = 0; i < 12; i++) units.Add("a", $"i{i}", RatioMetric.Counts(6 + (i % 3), 10 * (i + 1))).Add("b", $"i{i}", RatioMetric.Counts(1, 10 * (i + 1)));
        foreach (string explainer in units.Explainers)
        {
            RatioMetric metric = new();
            IMetricPool pool = metric.CreatePool();
            foreach (ReportUnit u in units.Units.Where(u => u.Explainer == explainer)) pool.Add(u.Metrics["m"]);
            units.Pooled.Add(new ReportPool("model", explainer, "m", pool.Finish().Overall));
        }

        Evaluation evaluation = EvaluationStatistics.Of(units, _ => new RatioMetric());
        Assert.Equal(84.0 / 780, evaluation.Estimates[0].Value!.Mean, 12);
        Assert.True(evaluation.Estimates[0].Value!.Interval!.Value.Contains(84.0 / 780));
        Assert.Equal(72.0 / 780, evaluation.Comparisons[0].Difference!.Mean, 12);
        Assert.Equal((true, ComparisonVerdict.Better), (evaluation.Estimates[0].Pooled, evaluation.Comparisons[0].Verdict));
    }

    [Fact]
    public void A_clear_pooled_difference_is_shown_among_any_number_of_explainers()
    {
        // Eleven explainers make 55 pairs: of 1,000 draws the smallest p, times 55, would be 0.055.
        EvaluatedUnits units = new([.. Enumerable.Range(0, 11).Select(e => $"e{e:D2}")]);
        foreach (string explainer in units.Explainers)
        {
            for (int i = 0; i < 16; i++) units.Add(explainer, $"i{i}", RatioMetric.Counts(explainer == "e00" ? 6 + (i % 3) : 1, 10));
            units.Pooled.Add(new ReportPool("model", explainer, "m", MetricResult.Of(explainer == "e00" ? 0.69 : 0.1)));
        }

        Evaluation evaluation = EvaluationStatistics.Of(units, _ => new RatioMetric());
        Assert.Equal(55, evaluation.Comparisons.Count);
        foreach (MetricComparison c in evaluation.Comparisons)
        {
            Assert.Equal(c.First == "e00" ? ComparisonVerdict.Better : ComparisonVerdict.NoDifferenceShown, c.Verdict);
            Assert.True(c.First == "e00" ? c.AdjustedPValue <= 0.05 : c.AdjustedPValue == 1);
        }

        Assert.Equal(evaluation.Comparisons, EvaluationStatistics.Of(units, _ => new RatioMetric()).Comparisons);
    }

    [Theory]
    [InlineData(4, 0.125)]
    [InlineData(5, 0.0625)]
    [InlineData(10, 2.0 / 1024)]
    public void Every_exchange_of_few_images_of_a_pool_is_counted(int images, double p)
    {
        // All images speak for the first: of all patterns, those that exchange none or all are as far. Draws could say less.
        EvaluatedUnits units = new(["a", "b"]);
        for (int i = 0; i < images; i++) units.Add("a", $"i{i}", RatioMetric.Counts(6 + (i % 3), 10)).Add("b", $"i{i}", RatioMetric.Counts(1, 10));
        units.Pooled.Add(new ReportPool("model", "a", "m", MetricResult.Of(0.7)));
        units.Pooled.Add(new ReportPool("model", "b", "m", MetricResult.Of(0.1)));
        MetricComparison comparison = Assert.Single(EvaluationStatistics.Of(units, _ => new RatioMetric()).Comparisons);
        Assert.Equal(p, comparison.Difference!.PValue);
        Assert.Equal(images < 6 ? ComparisonVerdict.NoDifferenceShown : ComparisonVerdict.Better, comparison.Verdict);
    }

    [Fact]
    public void A_pooled_mean_over_units_has_interval_and_difference_of_the_mean_over_units()
    {
        // Every second image has nine targets that are right, the others one that is wrong: 0.9 of the targets, 0.5 of the images.
        EvaluatedUnits units = new(["a", "b"]);
        for (int i = 0; i < 40; i++)
        {
            for (int t = 0; t < (i % 2 == 0 ? 9 : 1); t++) units.Add("a", $"i{i}", MetricResult.Of(i % 2 == 0 ? 1 : 0), $"t{t}").Add("b", $"i{i}", MetricResult.Of(0), $"t{t}");
        }

        units.Pooled.Add(new ReportPool("model", "a", "m", MetricResult.Of(0.9)));
        units.Pooled.Add(new ReportPool("model", "b", "m", MetricResult.Of(0)));
        Evaluation evaluation = EvaluationStatistics.Of(units, _ => new RatioMetric());
        MetricEstimate a = evaluation.Estimates[0];
        Assert.Equal((0.9, 40), (a.Value!.Mean, a.Value.Count));
        // Of 40 images, between 14 and 26 or so are of the first kind in 95 of 100 draws.
        Assert.InRange(a.Value.Interval!.Value.Low, 0.8, 0.87);
        Assert.InRange(a.Value.Interval!.Value.High, 0.93, 0.96);
        MetricComparison comparison = Assert.Single(evaluation.Comparisons);
        Assert.Equal(0.9, comparison.Difference!.Mean, 12);
        Assert.True(comparison.Difference.Interval!.Value.Contains(0.9));
        Assert.Equal(ComparisonVerdict.Better, comparison.Verdict);
    }

    [Fact]
    public void A_pool_that_is_no_mean_and_keeps_too_much_has_a_value_without_an_interval()
    {
        EvaluatedUnits units = new EvaluatedUnits(["a", "b"]).Add("a", 1, 2).Add("b", 3, 4);
        units.Pooled.Add(new ReportPool("model", "a", "m", MetricResult.Of(0.25)));
        units.Pooled.Add(new ReportPool("model", "b", "m", MetricResult.Of(3.5)));
        Evaluation evaluation = EvaluationStatistics.Of(units, _ => new RatioMetric());
        Assert.Equal((0.25, null), (evaluation.Estimates[0].Value!.Mean, evaluation.Estimates[0].Value!.Interval));
        Assert.NotNull(evaluation.Estimates[1].Value!.Interval);
        Assert.Equal(ComparisonVerdict.NotTested, evaluation.Comparisons[0].Verdict);
    }

    [Fact]
    public void Curves_are_averaged_over_images_on_the_places_that_all_cover()
    {
        EvaluatedUnits units = new(["a"]);
        units.Add("a", "one", Curve([0, 0.5, 1], [0, 0.5, 1])).Add("a", "two", Curve([0, 0.5, 1], [1, 1.5, 2]));
        MeanCurve same = Assert.Single(Evaluate(MetricDirection.Lower, units).Curves);
        Assert.Equal([0.5, 1, 1.5], same.Mean);
        Assert.Equal((0.0, 1.0, 2), (same.Low[0], same.High[0], same.Images));

        units.Add("a", "three", Curve([0.25, 1], [0.75, 1.5]));
        MeanCurve other = Assert.Single(Evaluate(MetricDirection.Lower, units).Curves);
        Assert.Equal((0.25, 1.0, 101), (other.X[0], other.X[^1], other.X.Count));
        for (int i = 0; i < other.X.Count; i++) Assert.Equal(other.X[i] + 0.5, other.Mean[i], 12);
    }

    private static MetricResult Curve(double[] x, double[] y) => MetricResult.Of(0.5) with { Curves = [new MetricCurve("score", x, y)] };

    private static string Verdict(MetricDirection direction, double[] first, double[] second) =>
        VerdictNames.Of(Evaluate(direction, new EvaluatedUnits(["first", "second"]).Add("first", first).Add("second", second)).Comparisons.Single().Verdict);

    private static Evaluation Evaluate(MetricDirection direction, EvaluatedUnits units) => EvaluationStatistics.Of(units, _ => new ByHand(direction));

    private sealed class ByHand(MetricDirection direction) : IMetric
    {
        public MetricTraits Traits { get; } = new() { Family = MetricFamily.Faithfulness, Direction = direction, Needs = MetricNeeds.None };

        public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => throw new InvalidOperationException("results are made by hand");
    }
}
