namespace Pellucid.Graphs.Onnx.Import;

/// <summary>Reads an AttributeProto.</summary>
internal sealed class AttributeParser(WireReader reader, TensorParser tensors)
{
    private const int LongestList = 1 << 20;

    /// <summary>Reads the message that the reader stands in. The value is null for an attribute that says nothing.</summary>
    /// <exception cref="GraphException">It holds a subgraph, or something else that graphs here do not have.</exception>
    public (string Name, object? Value) Read()
    {
        string name = string.Empty;
        int type = 0;
        object? single = null;
        var floats = new List<float>();
        var ints = new List<long>();
        var strings = new List<string>();
        while (reader.NextField(out int field, out WireType wire))
        {
            switch (field)
            {
                case 1:
                    name = reader.Text(wire);
                    break;
                case 2:
                    single = reader.Single(wire);
                    break;
                case 3:
                    single = reader.Int64(wire);
                    break;
                case 4:
                    single = reader.Text(wire);
                    break;
                case 5:
                    single = reader.Message(wire, tensors.Read).Weight;
                    break;
                case 6 or 11:
                    return (name, Unsupported.Subgraph);
                case 7:
                    reader.Singles(wire, floats, LongestList);
                    break;
                case 8:
                    reader.Int64s(wire, ints, LongestList);
                    break;
                case 9:
                    strings.Add(reader.Text(wire));
                    break;
                case 20:
                    type = reader.Int32(wire);
                    break;
                case 10 or 14 or 15 or 22 or 23:
                    return (name, Unsupported.Kind);
                case 21:
                    return (name, Unsupported.Reference);
                default:
                    reader.Skip(wire);
                    break;
            }
        }

        return (name, Value(name, type, single, floats, ints, strings));
    }

    /// <summary>Lists count when the type says so, or when they are what the attribute holds: an empty list is a value too.</summary>
    private object? Value(string name, int type, object? single, List<float> floats, List<long> ints, List<string> strings)
    {
        object? value = type switch
        {
            1 => single ?? 0f,
            2 => single ?? 0L,
            3 => single ?? string.Empty,
            4 => single,
            6 => floats.ToArray(),
            7 => ints.ToArray(),
            8 => strings.ToArray(),
            0 => single ?? (ints.Count > 0 ? ints.ToArray() : floats.Count > 0 ? floats.ToArray() : strings.Count > 0 ? strings.ToArray() : null),
            _ => throw reader.Corrupt($"attribute '{name}' of type {type}"),
        };
        bool fits = type switch
        {
            1 => value is float,
            2 => value is long,
            3 => value is string,
            4 => value is Weight,
            _ => true,
        };
        return fits ? value : throw reader.Corrupt($"attribute '{name}' does not hold what its type {type} says");
    }

    /// <summary>Why an attribute cannot be read.</summary>
    internal enum Unsupported
    {
        /// <summary>Control flow.</summary>
        Subgraph,

        /// <summary>An attribute of a function.</summary>
        Reference,

        /// <summary>Sparse tensors, types, lists of them.</summary>
        Kind,
    }
}
