using System.Globalization;

namespace Pellucid.Graphs.Onnx.Import;

/// <summary>
/// Reads a TensorProto. Large raw data stays in the file as a <see cref="FileWeight"/>; small tensors, and those in
/// varint fields, come into memory.
/// </summary>
internal sealed class TensorParser(WireReader reader, ExternalFiles files)
{
    /// <summary>Raw data up to this many bytes is read: shape vectors and scalars.</summary>
    public const long LargestInline = 1024;

    private const int MostDimensions = 16;
    private const int MostTypedElements = 1 << 24;

    /// <summary>Reads the message that the reader stands in.</summary>
    public (string Name, Weight Weight) Read()
    {
        string name = string.Empty;
        var dimensions = new List<long>();
        int type = 0, location = 0;
        long rawStart = -1, rawLength = 0;
        var integers = new List<long>();
        var floats = new List<float>();
        var external = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.NextField(out int field, out WireType wire))
        {
            switch (field)
            {
                case 1:
                    reader.Int64s(wire, dimensions, MostDimensions);
                    break;
                case 2:
                    type = reader.Int32(wire);
                    break;
                case 4 when wire == WireType.Bytes && floats.Count == 0 && rawStart < 0:
                case 10 when wire == WireType.Bytes && rawStart < 0:
                case 9:
                    // Packed floats and doubles lie in the file exactly as raw data does.
                    rawLength = reader.Length(wire);
                    rawStart = reader.Position;
                    reader.Advance(rawLength);
                    break;
                case 4:
                    reader.Singles(wire, floats, MostTypedElements);
                    break;
                case 5 or 7 or 11:
                    reader.Int64s(wire, integers, MostTypedElements);
                    break;
                case 8:
                    name = reader.Text(wire);
                    break;
                case 10:
                    throw reader.Corrupt("doubles that are not packed");
                case 13:
                    (string key, string value) = reader.Message(wire, ReadEntry);
                    external[key] = value;
                    break;
                case 14:
                    location = reader.Int32(wire);
                    break;
                case 3:
                    throw new GraphException($"'{reader.Path}': a tensor in segments is not supported; export the model again");
                default:
                    reader.Skip(wire);
                    break;
            }
        }

        string label = name.Length > 0 ? $"tensor '{name}'" : "a tensor";
        TensorType tensorType = TypeOf(label, type, dimensions);
        long bytes = ByteLength(label, tensorType);
        if (location == 1) return (name, External(label, tensorType, bytes, external));
        if (location != 0) throw reader.Corrupt($"data location {location} of {label}");
        if (rawStart >= 0) return (name, Raw(label, tensorType, bytes, rawStart, rawLength));
        return (name, new InlineWeight(Typed(label, tensorType, integers, floats)));
    }

    /// <summary>Reads a StringStringEntryProto.</summary>
    public (string Key, string Value) ReadEntry()
    {
        string key = string.Empty, value = string.Empty;
        while (reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) key = reader.Text(wire);
            else if (field == 2) value = reader.Text(wire);
            else reader.Skip(wire);
        }

        return (key, value);
    }

    private TensorType TypeOf(string label, int type, List<long> dimensions)
    {
        var element = (ElementType)type;
        if (element == ElementType.Unknown || !Enum.IsDefined(element))
            throw new GraphException($"'{reader.Path}': {label} has element type {type}, which is not supported (float, double, float16, bfloat16, int8 to int64, uint8 and bool are)");
        if (dimensions.Exists(d => d < 0)) throw reader.Corrupt($"a negative dimension of {label}");
        return new TensorType(element, new TensorShape([.. dimensions]));
    }

    private long ByteLength(string label, TensorType type)
    {
        try
        {
            return checked(type.Shape!.ElementCount() * type.Element.SizeInBytes());
        }
        catch (OverflowException)
        {
            throw reader.Corrupt($"{label} of {type}, more than any file holds");
        }
    }

    private Weight Raw(string label, TensorType type, long bytes, long start, long length)
    {
        if (length != bytes) throw reader.Corrupt($"{label} of {type} with {length} bytes of data where {bytes} belong");
        var weight = new FileWeight(type, reader.Path, start);
        return bytes <= LargestInline ? new InlineWeight(weight.Read()) : weight;
    }

    private Weight External(string label, TensorType type, long bytes, Dictionary<string, string> entries)
    {
        string location = entries.GetValueOrDefault("location") ?? throw reader.Corrupt($"{label} is external, without a location");
        long offset = Number(label, entries, "offset", 0), length = Number(label, entries, "length", bytes);
        if (length != bytes) throw reader.Corrupt($"{label} of {type} with {length} external bytes where {bytes} belong");
        string path = files.Resolve(label, location, offset, bytes);
        var weight = new FileWeight(type, path, offset);
        return bytes <= LargestInline ? new InlineWeight(weight.Read()) : weight;
    }

    private long Number(string label, Dictionary<string, string> entries, string key, long fallback)
    {
        if (!entries.TryGetValue(key, out string? text)) return fallback;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw reader.Corrupt($"the external {key} '{text}' of {label}");
    }

    private HostTensor Typed(string label, TensorType type, List<long> integers, List<float> floats)
    {
        bool single = type.Element == ElementType.Float32;
        long given = single ? floats.Count : integers.Count;
        if (given != type.Shape!.ElementCount()) throw reader.Corrupt($"{label} of {type} with {given} elements");
        TensorShape shape = type.Shape;
        return type.Element switch
        {
            ElementType.Float32 => HostTensor.Of(floats.ToArray(), shape),
            ElementType.Int64 => HostTensor.Of(integers.ToArray(), shape),
            ElementType.Int32 => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => unchecked((int)v)), shape),
            ElementType.Int16 => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => unchecked((short)v)), shape),
            ElementType.Int8 => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => unchecked((sbyte)v)), shape),
            ElementType.UInt8 => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => unchecked((byte)v)), shape),
            ElementType.Bool => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => v != 0), shape),
            ElementType.Float16 => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => BitConverter.UInt16BitsToHalf(unchecked((ushort)v))), shape),
            ElementType.BFloat16 => HostTensor.Of(Array.ConvertAll(integers.ToArray(), v => unchecked((ushort)v)), shape),
            _ => given == 0 ? HostTensor.Zeros(type.Element, shape) : throw reader.Corrupt($"{label} without data"),
        };
    }
}
