using Pellucid.Abstractions.Reports;
using Pellucid.Host.Output;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>results.csv: one row a unit, one column a metric, rows in ordinal order of their first columns.</summary>
internal static class ResultsCsv
{
    public static void Write(Stream stream, ExperimentResults results) => CsvText.Write(stream, csv => Write(csv, results));

    private static void Write(CsvText csv, ExperimentResults results)
    {
        string[] numbers = [.. results.Units.SelectMany(u => u.Numbers.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        csv.Row(["model", "item", "explainer", "target", "label", "score", "explained_score", "score_drift", "explained_function", "map", "undefined", .. numbers, "warning", .. results.Metrics, "failure", "key"]);
        foreach (ReportUnit u in results.Units
            .OrderBy(u => u.Model, StringComparer.Ordinal).ThenBy(u => u.Item.Id, StringComparer.Ordinal)
            .ThenBy(u => u.Explainer, StringComparer.Ordinal).ThenBy(u => u.Target.Identity, StringComparer.Ordinal))
        {
            csv.Row(
            [
                u.Model, u.Item.Id, u.Explainer, u.Target.Description, u.Target.Label, CsvText.Number(u.Score), CsvText.Number(u.ExplainedScore), CsvText.Number(u.Score - u.ExplainedScore),
                u.ExplainedFunction, results.Kept(u)?.Map?.Artifact, u.Undefined, .. numbers.Select(n => u.Numbers.TryGetValue(n, out double number) ? CsvText.Number(number) : null), u.Warning, .. results.Metrics.Select(m => CsvText.Number(u.Measured(m))), Failure(u), u.Key,
            ]);
        }
    }

    private static string? Failure(ReportUnit unit) => unit.Failure
        ?? (unit.MetricFailures.Count == 0 ? null : string.Join("; ", unit.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)));
}
