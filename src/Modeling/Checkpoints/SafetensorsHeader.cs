using System.Buffers.Binary;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// Strict parser of the .safetensors header: 8 bytes little-endian length, a JSON object name -> {dtype, shape, data_offsets},
/// then the data, which the tensors must cover without overlap and without gap.
/// </summary>
internal sealed class SafetensorsHeader
{
    private readonly CheckpointFile _file;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(CheckpointFile file, long dataStart)
    {
        _file = file;
        DataStart = dataStart;
    }

    /// <summary>A tensor: its bytes are [Begin, End) after <see cref="DataStart"/>.</summary>
    internal readonly record struct Entry(string Name, TensorType Type, long Begin, long End);

    /// <summary>First byte after the header.</summary>
    internal long DataStart { get; }

    internal IReadOnlyList<Entry> Entries => _entries;

    internal IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Whether a file starts the way a .safetensors file must.</summary>
    internal static bool Matches(ReadOnlySpan<byte> start, long fileLength) =>
        start.Length > 8 && start[8] == (byte)'{' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= (ulong)fileLength - 8;

    internal static SafetensorsHeader Read(CheckpointFile file)
    {
        Span<byte> prefix = stackalloc byte[8];
        file.Read(0, prefix, "the header length");
        ulong declared = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (declared > CheckpointLimits.MaxHeaderBytes)
            throw file.Error($"no .safetensors file: the header would be {declared} bytes long, the limit is {CheckpointLimits.MaxHeaderBytes}");
        if ((long)declared > file.Length - 8)
            throw file.Error($"the header should be {declared} bytes long, but only {file.Length - 8} bytes follow: the file is truncated or no .safetensors file");
        byte[] json = new byte[(int)declared];
        file.Read(8, json, "the header");
        if (json.Length == 0 || json[0] != (byte)'{') throw file.Error("no .safetensors file: the header does not start with '{'");
        var header = new SafetensorsHeader(file, 8 + json.Length);
        try
        {
            header.Parse(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with broken UTF-8 or half a surrogate pair.
            throw new PellucidException($"checkpoint '{file.Path}': the header is not valid JSON: {e.Message}", e);
        }

        header.CheckLayout();
        return header;
    }

    private void Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        reader.Read();
        var names = new HashSet<string>(StringComparer.Ordinal);
        bool metadataSeen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "__metadata__")
            {
                if (metadataSeen) throw _file.Error("the header has two __metadata__ entries");
                metadataSeen = true;
                ParseMetadata(ref reader);
                continue;
            }

            if (name.Length > CheckpointLimits.MaxNameLength) throw _file.Error($"a tensor name of {name.Length} characters is longer than {CheckpointLimits.MaxNameLength}");
            if (!names.Add(name)) throw _file.Error($"tensor '{name}' occurs twice in the header");
            if (names.Count > CheckpointLimits.MaxTensors) throw _file.Error($"more than {CheckpointLimits.MaxTensors} tensors");
            _entries.Add(ParseTensor(ref reader, name));
        }

        while (reader.Read())
        {
            // Anything but white space after the object makes Read throw.
        }
    }

    private void ParseMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw _file.Error("__metadata__ is no object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw _file.Error($"__metadata__ entry '{key}' is no string");
            if (!_metadata.TryAdd(key, reader.GetString()!)) throw _file.Error($"__metadata__ entry '{key}' occurs twice");
        }
    }

    private Entry ParseTensor(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw _file.Error($"the header entry of tensor '{name}' is no object");
        ElementType? element = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            bool repeated = false;
            switch (field)
            {
                case "dtype":
                    repeated = element is not null;
                    element = ParseType(ref reader, name);
                    break;
                case "shape":
                    repeated = shape is not null;
                    shape = ParseIntegers(ref reader, name, field);
                    break;
                case "data_offsets":
                    repeated = offsets is not null;
                    offsets = ParseIntegers(ref reader, name, field);
                    break;
                default:
                    throw _file.Error($"tensor '{name}' has an unknown header field '{field}'");
            }

            if (repeated) throw _file.Error($"tensor '{name}' has two {field} fields");
        }

        if (element is null || shape is null || offsets is null)
            throw _file.Error($"tensor '{name}' lacks its {(element is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        if (offsets.Length != 2) throw _file.Error($"tensor '{name}' has {offsets.Length} data_offsets instead of 2");
        return CheckTensor(name, element.Value, shape, offsets[0], offsets[1]);
    }

    private ElementType ParseType(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.String) throw _file.Error($"the dtype of tensor '{name}' is no string");
        string text = reader.GetString()!;
        return SafetensorsTypes.TryParse(text, out ElementType type)
            ? type
            : throw _file.Error($"tensor '{name}' has the dtype '{text}', which is not supported (supported: {SafetensorsTypes.Known})");
    }

    private long[] ParseIntegers(ref Utf8JsonReader reader, string name, string field)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw _file.Error($"the {field} of tensor '{name}' is no list");
        var values = new List<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0)
                throw _file.Error($"the {field} of tensor '{name}' holds something that is no integer from 0 to 2^63 - 1");
            if (values.Count == CheckpointLimits.MaxRank) throw _file.Error($"the {field} of tensor '{name}' has more than {CheckpointLimits.MaxRank} entries");
            values.Add(value);
        }

        return [.. values];
    }

    private Entry CheckTensor(string name, ElementType element, long[] shape, long begin, long end)
    {
        var type = new TensorType(element, new TensorShape(shape));
        if (!TensorSizes.TryBytes(type, out long bytes)) throw _file.Error($"tensor '{name}' {type} is larger than any file");
        if (end < begin) throw _file.Error($"tensor '{name}' ends (at {end}) before it begins (at {begin})");
        if (end - begin != bytes) throw _file.Error($"tensor '{name}' {type} takes {bytes} bytes, but the header gives it {end - begin}");
        if (end > _file.Length - DataStart)
            throw _file.Error($"tensor '{name}' ends at byte {(decimal)DataStart + end}, but the file has {_file.Length}: it is truncated or its header is corrupt");
        return new Entry(name, type, begin, end);
    }

    private void CheckLayout()
    {
        long position = 0;
        string previous = "";
        foreach (Entry entry in _entries.OrderBy(e => e.Begin).ThenBy(e => e.End).ThenBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry.Begin < position) throw _file.Error($"tensors '{previous}' and '{entry.Name}' overlap");
            if (entry.Begin > position) throw _file.Error($"{entry.Begin - position} bytes before tensor '{entry.Name}' belong to no tensor");
            position = entry.End;
            previous = entry.Name;
        }

        long rest = _file.Length - DataStart - position;
        if (rest != 0) throw _file.Error($"{rest} bytes after the last tensor belong to no tensor");
    }
}
