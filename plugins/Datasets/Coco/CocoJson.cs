using System.Text.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Properties that may be missing or of another kind than they should be.</summary>
internal static class CocoJson
{
    public static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Id(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long id) ? id : null;

    public static IReadOnlyList<string>? Texts(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(e => e.GetString()!)]
            : null;

    public static double[]? Numbers(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number) ? [.. list.EnumerateArray().Select(e => e.GetDouble())] : null;

    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    public static IReadOnlyList<JsonElement> List(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
