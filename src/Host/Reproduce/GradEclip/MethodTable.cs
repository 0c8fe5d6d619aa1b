using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Concepts;
using Pellucid.Host.Experiments;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>Explainers by metrics, each with an interval and what is shown against the last explainer.</summary>
/// <param name="Title">Title.</param>
/// <param name="Note">What the numbers are.</param>
/// <param name="Columns">Metrics as canonical texts, each with the name of a further number where that is shown instead of its value.</param>
/// <param name="Rows">A row for each explainer.</param>
internal sealed record MethodTable(string Title, string Note, IReadOnlyList<(string Metric, string? Detail)> Columns, IReadOnlyList<MethodTable.Row> Rows)
{
    /// <summary>What stands in each column, as one text.</summary>
    public IReadOnlyList<string> Metrics => [.. Columns.Select(c => c.Detail is null ? c.Metric : $"{c.Metric}: {c.Detail}")];

    /// <summary>An explainer.</summary>
    /// <param name="Explainer">Its canonical text.</param>
    /// <param name="Cells">Values in the order of the metrics; null where it has none.</param>
    public sealed record Row(string Explainer, IReadOnlyList<Cell?> Cells);

    /// <summary>A value.</summary>
    /// <param name="Value">Mean over images, or what a pooled metric says of all.</param>
    /// <param name="Interval">95 % bootstrap interval over images; null for pooled metrics.</param>
    /// <param name="Images">Images with a value; 0 for pooled metrics.</param>
    /// <param name="Verdict">Against the last explainer: better, worse, or no difference shown; empty where nothing is compared.</param>
    public sealed record Cell(double Value, ConfidenceInterval? Interval, int Images, string Verdict)
    {
        /// <summary>As text.</summary>
        public override string ToString() => Interval is { } i ? $"{Value:F4} [{i.Low:F4}, {i.High:F4}]{(Verdict is "better" or "worse" ? $", {Verdict}" : string.Empty)}" : $"{Value:F4}";
    }

    /// <summary>The table of a run.</summary>
    public static MethodTable Of(ExperimentRun run, string title, string note, IReadOnlyList<string> details)
    {
        IReportResults results = run.Results;
        (string Metric, MetricDirection Direction, string? Detail)[] shown = [.. run.Plan.Metrics.SelectMany(m =>
        {
            string[] own = [.. details.Where(d => results.Pools.Any(p => p.Metric == m.Text && p.Result.Details.ContainsKey(d)))];
            return own.Length == 0 ? [(m.Text, m.Metric.Traits.Direction, (string?)null)] : own.Select(d => (m.Text, m.Metric.Traits.Direction, (string?)d));
        })];
        Cell?[][] columns = [.. shown.Select(c => Column(results, c.Metric, c.Direction, c.Detail))];
        return new MethodTable(title, note, [.. shown.Select(c => (c.Metric, c.Detail))], [.. results.Explainers.Select((e, r) => new Row(e, [.. columns.Select(c => c[r])]))]);
    }

    /// <summary>Writes it into a report.</summary>
    public void WriteTo(IReportWriter report)
    {
        report.Heading(Title);
        report.Paragraph($"{Note} In brackets 95 % bootstrap intervals over images; better and worse: than {Rows[^1].Explainer}, where the interval of the paired difference and a sign-flip test, adjusted for the column (Holm), show it.");
        foreach ((string? metric, string[] heads, int[] columns) in Parts())
        {
            if (metric is not null) report.Paragraph(metric);
            report.Table(["explainer", .. heads], Rows.Select(r => (IReadOnlyList<string>)[r.Explainer, .. columns.Select(c => r.Cells[c]?.ToString() ?? "none")]));
        }
    }

    /// <summary>The table cut for reading: values of metrics together, and the further numbers of each metric under its name.</summary>
    public IEnumerable<(string? Metric, string[] Heads, int[] Columns)> Parts() => Enumerable.Range(0, Columns.Count)
        .GroupBy(c => Columns[c].Detail is null ? null : Columns[c].Metric).Select(g => (g.Key, g.Select(c => Columns[c].Detail ?? Columns[c].Metric).ToArray(), g.ToArray()));

    private static Cell?[] Column(IReportResults results, string metric, MetricDirection direction, string? detail)
    {
        ImageMeans[] means = [.. results.Explainers.Select(e => Means(results, e, metric, detail))];
        PairedDifference?[] differences = [.. means.Select((m, i) => i == means.Length - 1 ? null : m.Less(means[^1], results.Seed))];
        double[] adjusted = Holm.Adjust([.. differences.Where(d => d is not null).Select(d => d!.PValue)]);
        int next = 0;
        return [.. results.Explainers.Select((e, i) =>
        {
            string verdict = differences[i] is { } d ? Verdict(d.Shown(adjusted[next++]), direction) : string.Empty;
            if (detail is null && results.Pools.FirstOrDefault(p => p.Explainer == e && p.Metric == metric) is { Result: { Status: MetricStatus.Measured, Value: { } pooled } }) return new Cell(pooled, null, 0, string.Empty);
            return means[i].Estimate(results.Seed) is { } estimate ? new Cell(estimate.Mean, estimate.Interval, estimate.Count, verdict) : null;
        })];
    }

    private static ImageMeans Means(IReportResults results, string explainer, string metric, string? detail)
    {
        ImageMeans means = new();
        foreach (ReportUnit unit in results.Units.Where(u => u.Explainer == explainer))
        {
            if (Value(unit, metric, detail) is { } value && double.IsFinite(value)) means.Add(unit.Item.Id, value);
        }

        return means;
    }

    private static double? Value(ReportUnit unit, string metric, string? detail) =>
        detail is null ? unit.Measured(metric) : unit.Metrics.TryGetValue(metric, out MetricResult? result) && result.Details.TryGetValue(detail, out double value) ? value : null;

    private static string Verdict(ShownDifference shown, MetricDirection direction) => (shown, direction) switch
    {
        (ShownDifference.None, _) => "no difference shown",
        (_, MetricDirection.None) => "different",
        (ShownDifference.Higher, MetricDirection.Higher) or (ShownDifference.Lower, MetricDirection.Lower) => "better",
        _ => "worse",
    };
}
