using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>Typed access to a preprocessor_config.json with errors that name file and key. A null counts as missing.</summary>
internal sealed class PreprocessorJson(JsonElement root, string source)
{
    public PellucidException Error(string key, string what) => new($"{source}: '{key}' {what}.");

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } e => e.GetString(),
        _ => throw Error(key, "is no text"),
    };

    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Error(key, "is neither true nor false"),
    };

    public double? Number(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } e => e.GetDouble(),
        _ => throw Error(key, "is no number"),
    };

    public int? Integer(string key) => Find(key) is { } e ? Integer(e, key) : null;

    /// <summary>One value for all channels or one each.</summary>
    public float[]? Floats(string key, int count)
    {
        if (Find(key) is not { } e) return null;
        if (e.ValueKind == JsonValueKind.Number) return [.. Enumerable.Repeat((float)e.GetDouble(), count)];
        if (e.ValueKind != JsonValueKind.Array || e.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Number))
            throw Error(key, "is no list of numbers");
        float[] values = [.. e.EnumerateArray().Select(v => (float)v.GetDouble())];
        return values.Length == count ? values : throw Error(key, $"has {values.Length} values, not {count}");
    }

    /// <summary>n, [height, width], {"shortest_edge": n} or {"height": n, "width": n}.</summary>
    public (int Width, int Height, bool IsShortestEdge, bool IsPlain)? Size(string key)
    {
        if (Find(key) is not { } e) return null;
        switch (e.ValueKind)
        {
            case JsonValueKind.Number:
                int n = Integer(e, key);
                return (n, n, false, true);
            case JsonValueKind.Array when e.GetArrayLength() == 2:
                return (Integer(e[1], key), Integer(e[0], key), false, false);
            case JsonValueKind.Object when e.TryGetProperty("shortest_edge", out JsonElement edge) && !e.TryGetProperty("longest_edge", out _):
                return (Integer(edge, key), Integer(edge, key), true, false);
            case JsonValueKind.Object when e.TryGetProperty("height", out JsonElement h) && e.TryGetProperty("width", out JsonElement w):
                return (Integer(w, key), Integer(h, key), false, false);
            default:
                throw Error(key, "is none of n, [height, width], {\"shortest_edge\": n}, {\"height\": n, \"width\": n}");
        }
    }

    private int Integer(JsonElement e, string key) =>
        e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out int value) ? value : throw Error(key, "is no whole number");

    private JsonElement? Find(string key) =>
        root.TryGetProperty(key, out JsonElement e) && e.ValueKind != JsonValueKind.Null ? e : null;
}
