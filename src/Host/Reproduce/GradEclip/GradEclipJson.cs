using System.Text.Json;
using Pellucid.Host.Output;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>tables.json and timings.json of the study.</summary>
internal static class GradEclipJson
{
    public static byte[] Tables(GradEclipResult result) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("parts");
        foreach ((GradEclipStudy study, Experiments.ExperimentRun run) in result.Runs)
        {
            json.WriteStartObject();
            json.WriteString("name", study.Name);
            json.WriteNumber("images", run.Results.Items.Count);
            json.WriteNumber("units", run.Results.Units.Count);
            json.WriteNumber("failed", run.Failed.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("left_out");
        foreach (string part in result.LeftOut) json.WriteStringValue(part);
        json.WriteEndArray();
        json.WriteString("published", result.PublishedNote);
        json.WriteStartArray("tables");
        foreach (MethodTable table in result.Tables) WriteTable(json, table);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] Timings(MethodTimings timings) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("forward_milliseconds", Math.Round(timings.ForwardMilliseconds, 3));
        json.WriteStartArray("explainers");
        foreach ((string explainer, double milliseconds, double forwards) in timings.Explainers)
        {
            json.WriteStartObject();
            json.WriteString("explainer", explainer);
            json.WriteNumber("milliseconds", Math.Round(milliseconds, 3));
            json.WriteNumber("forwards", Math.Round(forwards, 2));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteTable(Utf8JsonWriter json, MethodTable table)
    {
        json.WriteStartObject();
        json.WriteString("title", table.Title);
        json.WriteStartArray("rows");
        foreach (MethodTable.Row row in table.Rows)
        {
            for (int m = 0; m < table.Metrics.Count; m++)
            {
                json.WriteStartObject();
                json.WriteString("explainer", row.Explainer);
                json.WriteString("metric", table.Metrics[m]);
                if (row.Cells[m] is { } cell)
                {
                    json.WriteNumber("value", cell.Value);
                    if (cell.Interval is { } interval)
                    {
                        json.WriteNumber("low", interval.Low);
                        json.WriteNumber("high", interval.High);
                    }

                    json.WriteNumber("images", cell.Images);
                    if (cell.Verdict.Length > 0) json.WriteString("against_last", cell.Verdict);
                }
                else
                {
                    json.WriteNull("value");
                }

                if (row.Published[m] is { } published)
                {
                    json.WriteNumber("published", published.Value);
                    json.WriteString("source", published.Source);
                }

                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
