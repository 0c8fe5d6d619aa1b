using Pellucid.Host.Output;

namespace Pellucid.Host.Demo;

/// <summary>demo.json: the demo's numbers.</summary>
internal static class DemoJson
{
    public static byte[] ToBytes(DemoResult result) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "pellucid/demo/1");
        json.WriteString("model", result.Model.Id);
        json.WriteString("model_sha256", result.Model.ContentHash);
        json.WriteNumber("scenes", result.SceneCount);
        json.WriteStartArray("pointing_game");
        foreach (PointingTally tally in result.Tallies)
        {
            json.WriteStartObject();
            json.WriteString("explainer", tally.Explainer);
            json.WriteNumber("hits", tally.Hits);
            json.WriteNumber("misses", tally.Misses);
            json.WriteNumber("undefined", tally.Undefined);
            json.WriteNumber("rate", tally.Rate);
            json.WriteNumber("rate_low", tally.Interval.Low);
            json.WriteNumber("rate_high", tally.Interval.High);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("shown");
        foreach (DemoScene scene in result.Scenes)
        {
            json.WriteStartObject();
            json.WriteString("image", scene.Name);
            json.WriteString("text", scene.Object.Phrase);
            json.WriteStartArray("hits");
            foreach ((_, _, bool? hit) in scene.Results)
            {
                if (hit is { } known) json.WriteBooleanValue(known);
                else json.WriteNullValue();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
