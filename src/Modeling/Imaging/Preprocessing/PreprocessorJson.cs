using System.Text.Json;
using Pellucid.Modeling.Configuration;

namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>Values that only a preprocessor_config.json has.</summary>
internal static class PreprocessorJson
{
    /// <summary>One value for all channels or one each.</summary>
    public static float[]? Floats(this ConfigurationPart json, string key, int count)
    {
        if (json.Find(key) is not { } e) return null;
        if (e.ValueKind == JsonValueKind.Number) return [.. Enumerable.Repeat((float)e.GetDouble(), count)];
        if (e.ValueKind != JsonValueKind.Array || e.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Number))
            throw json.Error(key, "is no list of numbers");
        float[] values = [.. e.EnumerateArray().Select(v => (float)v.GetDouble())];
        return values.Length == count ? values : throw json.Error(key, $"has {values.Length} values, not {count}");
    }

    /// <summary>n, [height, width], {"shortest_edge": n} or {"height": n, "width": n}.</summary>
    public static (int Width, int Height, bool IsShortestEdge, bool IsPlain)? ImageSize(this ConfigurationPart json, string key)
    {
        if (json.Find(key) is not { } e) return null;
        switch (e.ValueKind)
        {
            case JsonValueKind.Number:
                int n = json.Integer(e, key);
                return (n, n, false, true);
            case JsonValueKind.Array when e.GetArrayLength() == 2:
                return (json.Integer(e[1], key), json.Integer(e[0], key), false, false);
            case JsonValueKind.Object when e.TryGetProperty("shortest_edge", out JsonElement edge) && !e.TryGetProperty("longest_edge", out _):
                return (json.Integer(edge, key), json.Integer(edge, key), true, false);
            case JsonValueKind.Object when e.TryGetProperty("height", out JsonElement h) && e.TryGetProperty("width", out JsonElement w):
                return (json.Integer(w, key), json.Integer(h, key), false, false);
            default:
                throw json.Error(key, "is none of n, [height, width], {\"shortest_edge\": n}, {\"height\": n, \"width\": n}");
        }
    }
}
