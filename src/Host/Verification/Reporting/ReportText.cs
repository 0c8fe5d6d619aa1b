using System.Globalization;
using Pellucid.Host.Verification.Comparison;

namespace Pellucid.Host.Verification.Reporting;

/// <summary>The report for people: a line a method, the failed cases, and the totals as the last line.</summary>
internal static class ReportText
{
    private const int MostFailures = 50;
    private const int LongestRemark = 90;

    public static void Write(TextWriter output, VerificationReport report)
    {
        output.WriteLine($"computed on {report.Environment.Device} ({report.Environment.DeviceDetail}), {report.Environment.Engine}, {report.Environment.Threads} threads");
        foreach (SuiteReport suite in report.Suites) WriteSuite(output, suite);
        output.WriteLine();
        output.WriteLine(report.Counts.ToString());
    }

    private static void WriteSuite(TextWriter output, SuiteReport suite)
    {
        output.WriteLine();
        output.WriteLine($"{suite.Kind}  {suite.Folder}");
        IReadOnlyList<MethodSummary> methods = suite.Methods;
        string[][] cells = [.. methods.Select(m => new[] { m.Method, Counts(m.Counts), Worst(m), Remark(m.Remark) })];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => cells.Select(row => row[column].Length).DefaultIfEmpty().Max())];
        foreach (string[] row in cells) output.WriteLine(("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());

        CaseResult[] failures = [.. suite.Failures];
        foreach (CaseResult c in failures.Take(MostFailures)) output.WriteLine("  FAILED " + Describe(c));
        if (failures.Length > MostFailures) output.WriteLine($"  ... and {failures.Length - MostFailures} more failed cases; --json lists all");
    }

    private static string Counts(OutcomeCounts counts)
    {
        (int Count, string Name)[] all = [(counts.Passed, "passed"), (counts.Failed, "FAILED"), (counts.NotImplemented, "not implemented"), (counts.NotApplicable, "not applicable")];
        return string.Join(", ", all.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.Name}"));
    }

    private static string Worst(MethodSummary m) => m.Worst is { } worst ? $"worst {Number(worst)} of tolerance" : string.Empty;

    private static string Remark(string? remark) => remark is null || remark.Length <= LongestRemark ? remark ?? string.Empty : remark[..LongestRemark] + "...";

    private static string Describe(CaseResult c)
    {
        string numbers = c.Error is { } error ? $" (error {Number(error)}, tolerance {Number(c.Tolerance)})" : string.Empty;
        string where = c.Where is null ? string.Empty : $" at {c.Where}";
        return $"{c.Id}: {c.Reason}{numbers}{where}";
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
