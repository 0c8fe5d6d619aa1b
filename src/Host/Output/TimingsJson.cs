using Pellucid.Host.Explaining;

namespace Pellucid.Host.Output;

/// <summary>timings.json: how long each part took, in milliseconds.</summary>
internal static class TimingsJson
{
    public static byte[] ToBytes(ExplainTimings timings) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("parts");
        foreach ((string name, double milliseconds) in timings.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("milliseconds", Math.Round(milliseconds, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
