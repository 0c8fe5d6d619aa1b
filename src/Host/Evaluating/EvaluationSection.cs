using System.Globalization;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>Section <c>evaluation</c>: for each metric the explainers with intervals, the comparisons of all pairs, and the mean curves.</summary>
/// <param name="metric">Gives the metric of a canonical text.</param>
public sealed class EvaluationSection(Func<string, IMetric> metric) : IReportSection
{
    private (IReportResults Results, Evaluation Evaluation)? _last;

    /// <summary>The numbers of the section, computed once for the same results.</summary>
    public Evaluation Of(IReportResults results)
    {
        if (_last is not { } last || !ReferenceEquals(last.Results, results)) _last = last = (results, EvaluationStatistics.Of(results, metric));
        return last.Evaluation;
    }

    /// <inheritdoc/>
    public Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(report);
        Evaluation evaluation = Of(results);
        report.Heading("How to read the numbers");
        report.Paragraph("Values are means over images, of an image's targets first; pooled values belong to all images together. Intervals are 95 % bootstrap intervals over images.");
        report.Paragraph("Two explainers are compared on the images where both have a value. One is called better or worse only where the interval of their difference excludes zero and a sign-flip test, "
            + $"adjusted for all pairs of the metric (Holm), has p of at most {EvaluationStatistics.Significance.ToString(CultureInfo.InvariantCulture)}. Else no difference is shown, whatever the means are.");
        IReadOnlyList<DatasetItem> without = ImagesWithoutTargets.Of(results);
        if (without.Count > 0) report.Paragraph($"{without.Count} of {results.Items.Count} images have no text to explain, {without[0].Id} the first: they are in no number here.");
        foreach (var byModel in evaluation.Estimates.GroupBy(e => e.Model))
        {
            foreach (var byMetric in byModel.GroupBy(e => e.Metric))
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteMetric(report, results.Models.Count == 1 ? byMetric.Key : $"{byMetric.Key} on {byModel.Key}", [.. byMetric], evaluation);
            }
        }

        WriteFailures(report, results);
        return Task.CompletedTask;
    }

    private static void WriteMetric(IReportWriter report, string title, MetricEstimate[] estimates, Evaluation evaluation)
    {
        MetricEstimate first = estimates[0];
        report.Heading(title);
        report.Paragraph(first.Direction switch { MetricDirection.Higher => "Higher is better.", MetricDirection.Lower => "Lower is better.", _ => "The value describes and does not rank." } + (first.Pooled ? " The value is pooled." : string.Empty));
        report.Table(
            ["explainer", "value", "95 % interval", "images", "units", "with a value", "without", "failed"],
            estimates.Select(e => (IReadOnlyList<string>)[e.Explainer, e.Value is null ? "none" : Number(e.Value.Mean), Interval(e.Value?.Interval), $"{e.Value?.Count ?? 0}", $"{e.Units}", $"{e.Measured}", $"{e.WithoutValue.Values.Sum()}", $"{e.Failed}"]));
        ReportInterval[] rows = [.. estimates.Where(e => e.Value is not null).Select(e => new ReportInterval(e.Explainer, e.Value!.Mean, e.Value.Interval?.Low, e.Value.Interval?.High))];
        if (rows.Length > 0) report.Intervals(title, rows);
        if (estimates.Any(e => e.WithoutValue.Count > 0))
            report.Table(["explainer", "units without a value", "why"], estimates.SelectMany(e => e.WithoutValue.Select(r => (IReadOnlyList<string>)[e.Explainer, $"{r.Value}", r.Key])));
        MetricComparison[] pairs = [.. evaluation.Comparisons.Where(c => c.Model == first.Model && c.Metric == first.Metric)];
        if (pairs.Length > 0) WritePairs(report, pairs);
        CurveCharts.Write(report, title, evaluation.Curves.Where(c => c.Model == first.Model && c.Metric == first.Metric));
    }

    private static void WritePairs(IReportWriter report, MetricComparison[] pairs)
    {
        report.Table(
            ["first", "second", "first less second", "95 % interval", "p", "p adjusted", "images", "the first is"],
            pairs.Select(c => (IReadOnlyList<string>)
            [
                c.First, c.Second, c.Difference is null ? "none" : Number(c.Difference.Mean), Interval(c.Difference?.Interval),
                c.Difference is null ? "none" : Number(c.Difference.PValue), c.AdjustedPValue is { } p ? Number(p) : "none", $"{c.Difference?.Count ?? 0}", VerdictNames.Of(c.Verdict),
            ]));
        int images = pairs.Max(p => p.Difference?.Count ?? 0);
        if (images > 0 && Math.Pow(2, 1 - images) * pairs.Length > EvaluationStatistics.Significance)
            report.Paragraph($"{images} images are too few for this test to show any difference between {pairs.Length} pairs: take more.");
    }

    private static void WriteFailures(IReportWriter report, IReportResults results)
    {
        var failed = results.Units.SelectMany(u => u.Failure is not null ? [(Unit: u, What: "the explanation", Why: u.Failure)] : u.MetricFailures.Select(f => (Unit: u, What: f.Key, Why: f.Value)))
            .GroupBy(f => (f.Unit.Explainer, f.What, f.Why)).ToArray();
        if (failed.Length == 0) return;
        report.Heading("Failures");
        report.Table(["units", "explainer", "what", "why", "the first"], failed.Select(g => (IReadOnlyList<string>)[$"{g.Count()}", g.Key.Explainer, g.Key.What, g.Key.Why, $"{g.First().Unit.Item.Id}, {g.First().Unit.Target.Description}"]));
    }

    private static string Interval(ConfidenceInterval? interval) => interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : "none";

    private static string Number(double value) => value != 0 && Math.Abs(value) < 0.0005 ? value.ToString("0.00e+0", CultureInfo.InvariantCulture) : value.ToString("F4", CultureInfo.InvariantCulture);
}
