using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Output;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>summary.json: counts, and for each model and explainer the statistics of scores and metrics. Equal results give equal bytes.</summary>
internal static class SummaryJson
{
    public static void Write(Stream stream, ExperimentResults results, ExperimentPlan plan) => JsonText.Write(stream, json =>
    {
        ReportUnit[] failed = [.. results.Units.Where(u => u.Failure is not null || u.MetricFailures.Count > 0)];
        json.WriteStartObject();
        json.WriteString("schema", "pellucid/experiment-summary/1");
        json.WriteString("name", results.Name);
        json.WriteNumber("seed", results.Seed);
        json.WriteNumber("images", results.Items.Count);
        json.WriteNumber("units", results.Units.Count);
        json.WriteNumber("failed", failed.Length);
        json.WriteStartArray("groups");
        foreach (var group in results.Units.GroupBy(u => (u.Model, u.Explainer))) WriteGroup(json, group.Key.Model, group.Key.Explainer, [.. group], results);
        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach (ReportUnit u in failed)
        {
            json.WriteStartObject();
            json.WriteString("key", u.Key);
            json.WriteString("model", u.Model);
            json.WriteString("item", u.Item.Id);
            json.WriteString("target", u.Target.Description);
            json.WriteString("explainer", u.Explainer);
            json.WriteString("message", u.Failure ?? string.Join("; ", u.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("images_without_targets");
        foreach (DatasetItem item in ImagesWithoutTargets.Of(results)) json.WriteStringValue(item.Id);
        json.WriteEndArray();
        json.WriteStartArray("bad_records");
        foreach (BadRecord bad in plan.BadRecords)
        {
            json.WriteStartObject();
            json.WriteString("location", bad.Location.ToString());
            json.WriteString("problem", bad.Problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteGroup(Utf8JsonWriter json, string model, string explainer, ReportUnit[] units, ExperimentResults results)
    {
        ReportUnit[] done = [.. units.Where(u => u.Failure is null)];
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteString("explainer", explainer);
        json.WriteNumber("units", units.Length);
        json.WriteNumber("failed", units.Length - done.Length);
        json.WriteNumber("without_map", done.Count(u => u.Undefined is not null));
        json.WriteNumber("with_warning", done.Count(u => u.Warning is not null));
        WriteStatistics(json, "score", done.Select(u => u.Score));
        WriteStatistics(json, "score_drift", done.Select(u => u.Score - u.ExplainedScore));
        foreach (string number in done.SelectMany(u => u.Numbers.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            WriteStatistics(json, number, done.Select(u => u.Numbers.TryGetValue(number, out double value) ? value : (double?)null));
        json.WriteStartObject("metrics");
        foreach (string metric in results.Metrics) WriteMetric(json, metric, done, results.Pools.FirstOrDefault(p => p.Model == model && p.Explainer == explainer && p.Metric == metric));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter json, string metric, ReportUnit[] units, ReportPool? pool)
    {
        json.WriteStartObject(metric);
        WriteNumbers(json, units.Select(u => u.Measured(metric)));
        json.WriteNumber("failed", units.Count(u => u.MetricFailures.ContainsKey(metric)));
        // Reasons name no files and no numbers, so that equal ones can be counted.
        json.WriteStartObject("without_value");
        foreach (var reason in units.Select(u => u.Metrics.GetValueOrDefault(metric)?.Reason).OfType<string>().GroupBy(r => r, StringComparer.Ordinal).OrderBy(r => r.Key, StringComparer.Ordinal))
            json.WriteNumber(reason.Key, reason.Count());
        json.WriteEndObject();
        if (pool is { Result.Status: MetricStatus.Measured }) json.WriteNumber("pooled", pool.Result.Value);
        else if (pool is not null) json.WriteString("pooled_undefined", pool.Result.Reason);
        json.WriteEndObject();
    }

    private static void WriteStatistics(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        json.WriteStartObject(name);
        WriteNumbers(json, values);
        json.WriteEndObject();
    }

    /// <summary>Mean and sample standard deviation over the units where the value is defined.</summary>
    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        json.WriteNumber("count", known.Length);
        if (known.Length > 0)
        {
            double mean = known.Average();
            json.WriteNumber("mean", mean);
            if (known.Length > 1) json.WriteNumber("standard_deviation", Math.Sqrt(known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1)));
            json.WriteNumber("least", known.Min());
            json.WriteNumber("largest", known.Max());
        }
    }
}
