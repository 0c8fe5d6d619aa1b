using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Output;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>timings.json: what this run did and how long it took, in milliseconds. Part of no comparison.</summary>
internal static class RunTimingsJson
{
    public static byte[] ToBytes(RunTally tally, RunTimings timings) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("units", tally.Units);
        json.WriteNumber("units_reused", tally.Reused);
        json.WriteNumber("units_damaged", tally.Damaged);
        json.WriteNumber("metric_values", tally.MetricValues);
        json.WriteNumber("metric_values_reused", tally.MetricValuesReused);
        json.WriteStartArray("parts");
        foreach ((string name, (int times, double milliseconds)) in timings.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("times", times);
            json.WriteNumber("milliseconds", Math.Round(milliseconds, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
