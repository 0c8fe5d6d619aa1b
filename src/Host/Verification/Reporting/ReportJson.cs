using System.Text.Json;
using Pellucid.Host.Output;
using Pellucid.Host.Verification.Comparison;

namespace Pellucid.Host.Verification.Reporting;

/// <summary>The report for programs: every case of every suite.</summary>
internal static class ReportJson
{
    public static void Write(TextWriter output, VerificationReport report) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("environment");
        json.WriteString("device", report.Environment.Device);
        json.WriteString("deviceDetail", report.Environment.DeviceDetail);
        json.WriteString("engine", report.Environment.Engine);
        json.WriteNumber("threads", report.Environment.Threads);
        json.WriteEndObject();
        WriteCounts(json, "total", report.Counts);
        json.WriteStartArray("suites");
        foreach (SuiteReport suite in report.Suites) WriteSuite(json, suite);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSuite(Utf8JsonWriter json, SuiteReport suite)
    {
        json.WriteStartObject();
        json.WriteString("suite", suite.Kind);
        json.WriteString("folder", suite.Folder);
        WriteCounts(json, "total", OutcomeCounts.Of(suite.Cases));
        json.WriteStartArray("methods");
        foreach (MethodSummary m in suite.Methods)
        {
            json.WriteStartObject();
            json.WriteString("method", m.Method);
            WriteCounts(json, "cases", m.Counts);
            WriteNumber(json, "worstOfTolerance", m.Worst);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("cases");
        foreach (CaseResult c in suite.Cases) WriteCase(json, c);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCase(Utf8JsonWriter json, CaseResult c)
    {
        json.WriteStartObject();
        json.WriteString("id", c.Id);
        json.WriteString("method", c.Method);
        json.WriteString("outcome", c.Outcome switch
        {
            CaseOutcome.Passed => "passed",
            CaseOutcome.Failed => "failed",
            CaseOutcome.NotImplemented => "not implemented",
            _ => "not applicable",
        });
        if (c.Reason is not null) json.WriteString("reason", c.Reason);
        if (c.Error is { } error)
        {
            WriteNumber(json, "error", error);
            WriteNumber(json, "tolerance", c.Tolerance);
        }

        if (c.Where is not null) json.WriteString("where", c.Where);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, OutcomeCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("passed", counts.Passed);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("notImplemented", counts.NotImplemented);
        json.WriteNumber("notApplicable", counts.NotApplicable);
        json.WriteEndObject();
    }

    /// <summary>JSON has no infinity: an error without bound is the text "infinite".</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is not { } number) json.WriteNull(name);
        else if (double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteString(name, "infinite");
    }
}
