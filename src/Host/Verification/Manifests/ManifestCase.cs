using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Manifests;

/// <summary>One entry of a manifest's <c>cases</c>.</summary>
internal sealed class ManifestCase
{
    // What manifests write where the published code gives no number that could be compared.
    private static readonly string[] Markers = ["error", "upstream_fails", "crash", "unstable", "degenerate", "tie_dependent"];

    private readonly JsonElement _json;
    private readonly string _path;

    /// <summary>Reads an entry.</summary>
    /// <param name="json">The entry.</param>
    /// <param name="path">The manifest, for messages.</param>
    /// <param name="index">Place of the entry, for messages.</param>
    /// <exception cref="PellucidException">It is no object, or has no id.</exception>
    public ManifestCase(JsonElement json, string path, int index)
    {
        (_json, _path) = (json, path);
        if (json.ValueKind != JsonValueKind.Object) throw new PellucidException($"{path}: entry {index} of \"cases\" is no object");
        Id = Text("id") ?? throw new PellucidException($"{path}: entry {index} of \"cases\" has no \"id\"");
        Params = json.TryGetProperty("params", out JsonElement p) && p.ValueKind == JsonValueKind.Object
            ? p.EnumerateObject().ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal)
            : [];
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Last part of its id, behind the last dot.</summary>
    public string LastPart => Id[(Id.LastIndexOf('.') + 1)..];

    /// <summary>Method (in metric suites: metric) that made the numbers; empty where it has none.</summary>
    public string Method => Text("method") ?? Text("metric") ?? string.Empty;

    /// <summary>Parameters of the method.</summary>
    public IReadOnlyDictionary<string, JsonElement> Params { get; }

    /// <summary>Key of the reference tensor.</summary>
    public string Output => Text("output") ?? Id;

    /// <summary>Model of the case, where a suite has several.</summary>
    public string? Model => Text("model");

    /// <summary>What is explained, in words.</summary>
    public string? Target => Text("target");

    /// <summary>How the numbers are defined, in words; empty where the case does not say.</summary>
    public string Definition => Text("definition") ?? string.Empty;

    /// <summary>Which published code made the numbers, where a suite has several.</summary>
    public string? Engine => Text("engine");

    /// <summary>The explanation that is measured, in suites of metrics.</summary>
    public string? Attribution => Text("attribution");

    /// <summary>What the case says besides.</summary>
    public string? Note => Text("note");

    /// <summary>Random draws: what the suite calls them, and the names of their tensors.</summary>
    public IReadOnlyDictionary<string, string> Draws =>
        _json.TryGetProperty("draws", out JsonElement draws) && draws.ValueKind == JsonValueKind.Object
            ? draws.EnumerateObject().Where(d => d.Value.ValueKind == JsonValueKind.String).ToDictionary(d => d.Name, d => d.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reference numbers that stand in the manifest itself.</summary>
    public JsonElement? Scores => _json.TryGetProperty("scores", out JsonElement scores) ? scores : null;

    /// <summary>Image of the case.</summary>
    public int? ImageIndex => Index("image_index");

    /// <summary>Text of the case.</summary>
    public int? TextIndex => Index("text_index");

    /// <summary>How far the published code is from itself in float64.</summary>
    public double Float64Difference =>
        _json.TryGetProperty("float64_diff", out JsonElement d) && d.ValueKind == JsonValueKind.Number && d.TryGetDouble(out double value) && double.IsFinite(value) ? Math.Abs(value) : 0;

    /// <summary>Why there is nothing to compare with, or null where there is.</summary>
    public string? NotApplicable
    {
        get
        {
            foreach (string marker in Markers)
            {
                if (!_json.TryGetProperty(marker, out JsonElement value)) continue;
                if (value.ValueKind is JsonValueKind.Null or JsonValueKind.False || value is { ValueKind: JsonValueKind.String } && value.GetString() is null or "") continue;
                return value.ValueKind == JsonValueKind.String ? $"{marker}: {value.GetString()}" : marker;
            }

            return null;
        }
    }

    private int? Index(string name)
    {
        if (!_json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int index)
            ? index
            : throw new PellucidException($"{_path}: \"{name}\" of case '{Id}' is {value.GetRawText()}, not an index");
    }

    private string? Text(string name) => _json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
