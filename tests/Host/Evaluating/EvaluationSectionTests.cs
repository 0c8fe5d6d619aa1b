using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Evaluating;
using Pellucid.Host.Tests.Concepts;

namespace Pellucid.Host.Tests.Evaluating;

public sealed class EvaluationSectionTests
{
    [Fact]
    public async Task It_shows_values_pairs_reasons_curves_and_failures()
    {
        EvaluatedUnits units = new(["a", "b"]);
        foreach (string explainer in units.Explainers)
            for (int i = 0; i < 4; i++) units.Add(explainer, $"i{i}", MetricResult.Of(i) with { Curves = [new MetricCurve("score", [0, 1], [i, 0])] });
        units.Add("a", "i4", MetricResult.Undefined("the map is constant")).Add("b", "i4", null, failure: "the image is damaged");
        WrittenReport report = new();
        await new EvaluationSection(_ => new RatioMetric()).WriteAsync(units, report, TestContext.Current.CancellationToken);
        Assert.Equal("1.5000", report.Cell(0, "value", "a"));
        Assert.Equal(("4", "1"), (report.Cell(0, "images", "a"), report.Cell(0, "failed", "b")));
        Assert.Equal("the map is constant", report.Cell(1, "why", "a"));
        Assert.Equal("no difference shown", report.Cell(2, "the first is", "a", "b"));
        Assert.Equal("the image is damaged", report.Cell(3, "why", "1"));
        Assert.Contains(report.Paragraphs, p => p.StartsWith("4 images are too few", StringComparison.Ordinal));
        Assert.Equal(["a", "b"], Assert.Single(report.Charts).Series.Select(s => s.Name));
        Assert.Equal(["a", "b"], Assert.Single(report.IntervalRows).Select(r => r.Name));
    }
}
