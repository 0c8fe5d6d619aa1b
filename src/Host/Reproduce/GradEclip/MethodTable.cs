using System.Globalization;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Evaluating;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>Explainers by metrics, each with an interval, what is shown against the last explainer, and what was published.</summary>
/// <param name="Title">Title.</param>
/// <param name="Note">What the numbers are.</param>
/// <param name="Columns">Metrics as canonical texts, each with the name of a further number where that is shown instead of its value.</param>
/// <param name="Rows">A row for each explainer.</param>
internal sealed record MethodTable(string Title, string Note, IReadOnlyList<(string Metric, string? Detail)> Columns, IReadOnlyList<MethodTable.Row> Rows)
{
    /// <summary>What stands in each column, as one text.</summary>
    public IReadOnlyList<string> Metrics => [.. Columns.Select(c => NameOf(c.Metric, c.Detail))];

    /// <summary>An explainer.</summary>
    /// <param name="Explainer">Its canonical text.</param>
    /// <param name="Cells">Values in the order of the metrics; null where it has none.</param>
    /// <param name="Published">Published values in the order of the metrics; null where there is none.</param>
    public sealed record Row(string Explainer, IReadOnlyList<Cell?> Cells, IReadOnlyList<PublishedValue?> Published);

    /// <summary>A value.</summary>
    /// <param name="Value">Mean over images, or what a pooled metric says of all.</param>
    /// <param name="Interval">95 % bootstrap interval over images; null where nothing is known of the spread.</param>
    /// <param name="Images">Images with a value.</param>
    /// <param name="Verdict">Against the last explainer: better, worse, or no difference shown; empty where nothing is compared.</param>
    public sealed record Cell(double Value, ConfidenceInterval? Interval, int Images, string Verdict)
    {
        /// <summary>The value, and what is shown.</summary>
        public string Short => string.Create(CultureInfo.InvariantCulture, $"{Value:F4}{(Verdict is "better" or "worse" ? " " + Verdict : string.Empty)}");

        /// <summary>The value with its interval, and what is shown.</summary>
        public string Long => Interval is { } i ? string.Create(CultureInfo.InvariantCulture, $"{Value:F4} [{i.Low:F4}, {i.High:F4}]{(Verdict is "better" or "worse" ? ", " + Verdict : string.Empty)}") : Short;
    }

    /// <summary>The table of results of one model.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="metric">Gives the metric of a canonical text.</param>
    /// <param name="title">Title.</param>
    /// <param name="note">What the numbers are.</param>
    /// <param name="details">Further numbers that stand in place of a metric's value where its pool has them.</param>
    /// <param name="published">Gives what was published for an explainer and what stands in a column; null for nothing.</param>
    public static MethodTable Of(IReportResults results, Func<string, IMetric> metric, string title, string note, IReadOnlyList<string> details, Func<string, string, PublishedValue?> published)
    {
        (string Metric, string? Detail)[] shown = [.. results.Metrics.SelectMany(m =>
        {
            string[] own = [.. details.Where(d => results.Pools.Any(p => p.Metric == m && p.Result.Details.ContainsKey(d)))];
            return own.Length == 0 ? [(m, (string?)null)] : own.Select(d => (m, (string?)d));
        })];
        Cell?[][] columns = [.. shown.Select(c => Column(results, c.Metric, metric(c.Metric), c.Detail))];
        return new MethodTable(title, note, shown, [.. results.Explainers.Select((e, r) => new Row(e, [.. columns.Select(c => c[r])], [.. shown.Select(c => published(e, NameOf(c.Metric, c.Detail)))]))]);
    }

    /// <summary>What stands in a column, as one text.</summary>
    public static string NameOf(string metric, string? detail) => detail is null ? metric : $"{metric}: {detail}";

    /// <summary>
    /// The table as text, cut for reading: values of metrics together, and the further numbers of each metric under its name. Beside what was published for stand these values.
    /// </summary>
    /// <param name="say">How a value is written.</param>
    public IEnumerable<(string? Metric, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows)> ToText(Func<Cell, string> say) => Enumerable.Range(0, Columns.Count)
        .GroupBy(c => Columns[c].Detail is null ? null : Columns[c].Metric)
        .Select(g => (g.Key, Heads(g), (IReadOnlyList<IReadOnlyList<string>>)[.. Rows.Select(r => TextOf(r, g, say))]));

    /// <summary>Writes it into a report.</summary>
    public void WriteTo(IReportWriter report)
    {
        report.Heading(Title);
        report.Paragraph($"{Note} In brackets 95 % bootstrap intervals over images; better and worse: than {Rows[^1].Explainer} on the same images and targets, where the interval of the paired difference and a sign-flip test, adjusted for the column (Holm), show it.");
        foreach ((string? metric, IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows) in ToText(c => c.Long))
        {
            if (metric is not null) report.Paragraph(metric);
            report.Table(heads, rows);
        }

        string[] sources = [.. Rows.SelectMany(r => r.Published).OfType<PublishedValue>().Select(p => p.Source).Distinct(StringComparer.Ordinal)];
        if (sources.Length > 0) report.Paragraph($"Published values: {string.Join("; ", sources)}.");
    }

    private static Cell?[] Column(IReportResults results, string metric, IMetric definition, string? detail)
    {
        MetricValues[] values = [.. results.Explainers.Select(e => Values(results, metric, definition, detail, e))];
        // Units are paired by image and target, then counted by image: the last explainer may have no map for some of an image's targets.
        PairedDifference?[] differences = [.. values.Select((v, i) => i == values.Length - 1 ? null : v.Compare(values[^1], values.Length - 1, results.Seed))];
        Queue<double> adjusted = new(Holm.Adjust([.. differences.Where(d => d is not null).Select(d => d!.PValue)]));
        return [.. values.Zip(differences, (v, d) =>
        {
            string verdict = d is null ? string.Empty : Verdict(d.Shown(adjusted.Dequeue()), definition.Traits.Direction);
            return v.Estimate(results.Seed) is { } estimate ? new Cell(estimate.Mean, estimate.Interval, estimate.Count, verdict) : null;
        })];
    }

    private static MetricValues Values(IReportResults results, string metric, IMetric definition, string? detail, string explainer)
    {
        IEnumerable<ReportUnit> units = results.Units.Where(u => u.Explainer == explainer);
        if (detail is null) return new MetricValues(metric, definition, units, results.Pools.FirstOrDefault(p => p.Explainer == explainer && p.Metric == metric));
        // A further number of a unit is a value of its own, whose mean over images is what counts.
        return new MetricValues(metric, definition, units.Where(u => Detail(u) is { } d && double.IsFinite(d)).Select(u => u with { Metrics = new Dictionary<string, MetricResult>(StringComparer.Ordinal) { [metric] = MetricResult.Of(Detail(u)!.Value) } }), null);

        double? Detail(ReportUnit unit) => unit.Metrics.TryGetValue(metric, out MetricResult? result) && result.Details.TryGetValue(detail, out double value) ? value : null;
    }

    private bool HasPublished(int column) => Rows.Any(r => r.Published[column] is not null);

    private IReadOnlyList<string> Heads(IEnumerable<int> columns) => ["explainer", .. columns.SelectMany(c => (string[])(HasPublished(c) ? [Columns[c].Detail ?? Columns[c].Metric, "published"] : [Columns[c].Detail ?? Columns[c].Metric]))];

    private IReadOnlyList<string> TextOf(Row row, IEnumerable<int> columns, Func<Cell, string> say)
    {
        List<string> cells = [row.Explainer];
        foreach (int c in columns)
        {
            cells.Add(row.Cells[c] is { } cell ? say(cell) : "none");
            if (HasPublished(c)) cells.Add(row.Published[c]?.Value.ToString("0.0###", CultureInfo.InvariantCulture) ?? "none");
        }

        return cells;
    }

    private static string Verdict(ShownDifference shown, MetricDirection direction) => (shown, direction) switch
    {
        (ShownDifference.None, _) => "no difference shown",
        (_, MetricDirection.None) => "different",
        (ShownDifference.Higher, MetricDirection.Higher) or (ShownDifference.Lower, MetricDirection.Lower) => "better",
        _ => "worse",
    };
}
