using System.Globalization;
using System.Text;
using Pellucid.Abstractions.Reports;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>results.csv (RFC 4180, line feeds): one row a unit, one column a metric, rows in ordinal order of their first columns.</summary>
internal static class ResultsCsv
{
    public static byte[] ToBytes(ExperimentResults results)
    {
        StringBuilder csv = new();
        Append(csv, ["model", "item", "explainer", "target", "label", "score", "explained_score", "score_drift", "explained_function", "map", "undefined", .. results.Metrics, "failure", "key"]);
        foreach (ReportUnit u in results.Units
            .OrderBy(u => u.Model, StringComparer.Ordinal).ThenBy(u => u.Item.Id, StringComparer.Ordinal)
            .ThenBy(u => u.Explainer, StringComparer.Ordinal).ThenBy(u => u.Target.Identity, StringComparer.Ordinal))
        {
            Append(csv,
            [
                u.Model, u.Item.Id, u.Explainer, u.Target.Description, u.Target.Label, Number(u.Score), Number(u.ExplainedScore), Number(u.Score - u.ExplainedScore),
                u.ExplainedFunction, results.Stored(u)?.Map?.Artifact, u.Undefined, .. results.Metrics.Select(m => Number(u.Measured(m))), Failure(u), u.Key,
            ]);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string? Failure(ReportUnit unit) => unit.Failure
        ?? (unit.MetricFailures.Count == 0 ? null : string.Join("; ", unit.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)));

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder csv, IReadOnlyList<string?> cells) => csv.AppendJoin(',', cells.Select(Cell)).Append('\n');

    private static string Cell(string? text) => text is null ? string.Empty
        : text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
