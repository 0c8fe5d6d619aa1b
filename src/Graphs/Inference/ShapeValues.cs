namespace Pellucid.Graphs.Inference;

/// <summary>
/// What is known of an int64 vector before a run: shapes that a graph computes (Shape, Concat, Slice, Gather of them)
/// have fixed dimensions nearly everywhere. An element that is not known is <see cref="TensorShape.Dynamic"/>.
/// </summary>
internal sealed class ShapeValues(Func<string, TensorType> typeOf, Func<string, HostTensor?> constantOf, Func<string, Node?> producerOf)
{
    /// <summary>The elements, or null where nothing is known.</summary>
    public long[]? Of(string value)
    {
        if (constantOf(value) is { } constant) return Integers(constant);
        if (producerOf(value) is not { Domain.Length: 0 } node) return null;
        return node.OpType switch
        {
            "Shape" => ShapeOf(node),
            "Concat" => Concat(node),
            "Identity" or "Cast" or "Squeeze" or "Unsqueeze" => Of(node.Inputs[0]),
            "Gather" => Gather(node),
            "Slice" => Slice(node),
            _ => null,
        };
    }

    private static long[]? Integers(HostTensor tensor) => tensor.ElementType switch
    {
        ElementType.Int64 => tensor.Int64s.ToArray(),
        ElementType.Int32 => Array.ConvertAll(tensor.AsSpan<int>().ToArray(), v => (long)v),
        _ => null,
    };

    private long[]? ShapeOf(Node node)
    {
        if (typeOf(node.Inputs[0]).Shape is not { } shape) return null;
        (int start, int end) = LayoutInference.ShapeRange(node.Attributes, shape.Rank);
        return shape.Dimensions[start..end].ToArray();
    }

    private long[]? Concat(Node node)
    {
        var all = new List<long>();
        foreach (string input in node.Inputs)
        {
            if (Of(input) is not { } part) return null;
            all.AddRange(part);
        }

        return [.. all];
    }

    private long[]? Gather(Node node)
    {
        if (Of(node.Inputs[0]) is not { } data || constantOf(node.Inputs[1]) is not { } at || Integers(at) is not { } indices) return null;
        if (node.Attributes.Int("axis", 0) is not (0 or -1)) return null;
        long[] result = new long[indices.Length];
        for (int i = 0; i < result.Length; i++)
        {
            long index = indices[i] < 0 ? indices[i] + data.Length : indices[i];
            if (index < 0 || index >= data.Length) return null;
            result[i] = data[index];
        }

        return result;
    }

    private long[]? Slice(Node node)
    {
        if (Of(node.Inputs[0]) is not { } data) return null;
        long?[] settings = [.. node.Inputs.Skip(1).Select(i => i.Length > 0 && constantOf(i) is { Length: 1 } c && Integers(c) is { } v ? v[0] : (long?)null)];
        if (settings.Length < 2 || settings[0] is not { } start || settings[1] is not { } end) return null;
        if (settings.Length > 3 && settings[3] is not 1) return null;
        SliceRange range = SliceRange.Of(start, end, 1, data.Length);
        return data.AsSpan((int)range.Start, (int)range.Count).ToArray();
    }
}
