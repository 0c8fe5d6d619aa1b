using System.Text.Json;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Options;
using Pellucid.Host.Output;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>evaluation.json: estimates and comparisons. Equal results give equal bytes.</summary>
internal static class EvaluationJson
{
    public static byte[] ToBytes(Evaluation evaluation, IReportResults results) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "pellucid/evaluation/1");
        json.WriteString("name", results.Name);
        json.WriteNumber("seed", results.Seed);
        json.WriteNumber("images", results.Items.Count);
        json.WriteNumber("images_without_targets", ImagesWithoutTargets.Of(results).Count);
        json.WriteNumber("units", results.Units.Count);
        json.WriteNumber("failed", results.Units.Count(u => u.Failure is not null || u.MetricFailures.Count > 0));
        json.WriteNumber("significance", EvaluationStatistics.Significance);
        json.WriteStartArray("estimates");
        foreach (MetricEstimate e in evaluation.Estimates) WriteEstimate(json, e);
        json.WriteEndArray();
        json.WriteStartArray("comparisons");
        foreach (MetricComparison c in evaluation.Comparisons) WriteComparison(json, c);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteEstimate(Utf8JsonWriter json, MetricEstimate e)
    {
        json.WriteStartObject();
        json.WriteString("model", e.Model);
        json.WriteString("metric", e.Metric);
        json.WriteString("explainer", e.Explainer);
        json.WriteString("better", OptionNames.ToKebab(e.Direction.ToString()));
        json.WriteBoolean("pooled", e.Pooled);
        WriteNumber(json, "value", e.Value?.Mean);
        WriteInterval(json, e.Value?.Interval);
        json.WriteNumber("images", e.Value?.Count ?? 0);
        json.WriteNumber("units", e.Units);
        json.WriteNumber("measured", e.Measured);
        json.WriteNumber("failed", e.Failed);
        json.WriteStartObject("without_value");
        foreach ((string reason, int count) in e.WithoutValue) json.WriteNumber(reason, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteComparison(Utf8JsonWriter json, MetricComparison c)
    {
        json.WriteStartObject();
        json.WriteString("model", c.Model);
        json.WriteString("metric", c.Metric);
        json.WriteString("first", c.First);
        json.WriteString("second", c.Second);
        WriteNumber(json, "difference", c.Difference?.Mean);
        WriteInterval(json, c.Difference?.Interval);
        WriteNumber(json, "p", c.Difference?.PValue);
        WriteNumber(json, "p_adjusted", c.AdjustedPValue);
        json.WriteNumber("images", c.Difference?.Count ?? 0);
        json.WriteString("first_is", VerdictNames.Of(c.Verdict));
        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, ConfidenceInterval? interval)
    {
        WriteNumber(json, "low", interval?.Low);
        WriteNumber(json, "high", interval?.High);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
