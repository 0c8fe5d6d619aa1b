using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// A <c>*.index.json</c> file: {"metadata": {...}, "weight_map": {tensor name: shard file}}. Shards lie beside the index; a name
/// that points anywhere else is refused.
/// </summary>
internal static class ShardIndex
{
    internal static Checkpoint Open(CheckpointFile file)
    {
        (Dictionary<string, string> map, Dictionary<string, string> metadata) = Parse(file);
        string folder = Path.GetDirectoryName(file.Path)!;
        string[] shards = [.. map.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (shards.Length > CheckpointLimits.MaxShards) throw file.Error($"{shards.Length} shards are more than {CheckpointLimits.MaxShards}");
        string[] absent = [.. shards.Where(s => !File.Exists(Path.Combine(folder, s)))];
        if (absent.Length > 0) throw file.Error($"{absent.Length} of {shards.Length} shards are missing beside the index: {string.Join(", ", absent)}");

        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (string shard in shards)
        {
            Checkpoint part = CheckpointReader.OpenFile(Path.Combine(folder, shard), allowIndex: false);
            foreach ((string name, Weight weight) in part.Weights)
            {
                // A tensor in several shards comes from the one the index names; one the index forgot is still a tensor of the model.
                if (map.TryGetValue(name, out string? home) ? home == shard : !weights.ContainsKey(name)) weights[name] = weight;
            }
        }

        string[] lost = [.. map.Where(m => !weights.ContainsKey(m.Key)).Select(m => $"{m.Key} ({m.Value})").Order(StringComparer.Ordinal)];
        if (lost.Length > 0) throw file.Error($"{lost.Length} tensors are not in the shards the index names: {string.Join(", ", lost)}");
        return new Checkpoint(file.Path, CheckpointFormat.Sharded, weights, metadata, [file.Path, .. shards.Select(s => Path.Combine(folder, s))]);
    }

    private static (Dictionary<string, string> Map, Dictionary<string, string> Metadata) Parse(CheckpointFile file)
    {
        if (file.Length > CheckpointLimits.MaxHeaderBytes) throw file.Error($"an index of {file.Length} bytes is larger than {CheckpointLimits.MaxHeaderBytes}");
        byte[] bytes = new byte[(int)file.Length];
        file.Read(0, bytes, "the index");
        try
        {
            return Parse(file, bytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PellucidException($"checkpoint '{file.Path}': the shard index is not valid JSON: {e.Message}", e);
        }
    }

    private static (Dictionary<string, string> Map, Dictionary<string, string> Metadata) Parse(CheckpointFile file, ReadOnlySpan<byte> json)
    {
        Dictionary<string, string>? map = null;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw file.Error("neither a checkpoint nor a shard index");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            if (field == "weight_map")
            {
                if (map is not null) throw file.Error("the index has two weight_map entries");
                map = ParseMap(file, ref reader);
            }
            else if (field == "metadata" && reader.TokenType == JsonTokenType.StartObject)
            {
                ParseMetadata(ref reader, metadata);
            }
            else
            {
                reader.Skip();
            }
        }

        while (reader.Read())
        {
            // Anything but white space after the object makes Read throw.
        }

        return map is { Count: > 0 }
            ? (map, metadata)
            : throw file.Error("a JSON file without a weight_map is no checkpoint (a shard index has one)");
    }

    private static Dictionary<string, string> ParseMap(CheckpointFile file, ref Utf8JsonReader reader)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject) throw file.Error("weight_map is no object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw file.Error($"the weight_map entry of tensor '{name}' is no string");
            string shard = reader.GetString()!;
            if (shard.Length is 0 or > 255 || shard is "." or ".." || shard.AsSpan().IndexOfAny("/\\:\0") >= 0)
                throw file.Error($"the weight_map entry of tensor '{name}' is '{shard}', which is no plain file name");
            if (!map.TryAdd(name, shard)) throw file.Error($"tensor '{name}' occurs twice in weight_map");
            if (map.Count > CheckpointLimits.MaxTensors) throw file.Error($"more than {CheckpointLimits.MaxTensors} tensors");
        }

        return map;
    }

    private static void ParseMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) metadata[key] = reader.GetString()!;
            else if (reader.TokenType == JsonTokenType.Number) metadata[key] = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            else reader.Skip();
        }
    }
}
