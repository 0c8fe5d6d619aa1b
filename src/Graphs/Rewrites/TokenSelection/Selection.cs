namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>A node that takes one token: of which value, and whether it drops the token axis.</summary>
/// <param name="Source">The value it takes the token of.</param>
/// <param name="Token">Which.</param>
/// <param name="DropsAxis">Whether the token axis is gone from the result.</param>
internal sealed record Selection(string Source, Narrowing Token, bool DropsAxis)
{
    private const long Everything = int.MaxValue;

    /// <summary>
    /// Recognises the ways in which exporters write <c>x[:, 0]</c> and <c>x[arange(B), ids.argmax(-1)]</c>. Null where
    /// the node is no selection of one token: fewer than three axes, or along the channels.
    /// </summary>
    public static Selection? Of(Node node, Graph graph, IReadOnlyDictionary<string, Node> producers)
    {
        if (node.Domain.Length > 0 || node.Inputs.Length < 2 || graph.Types[node.Inputs[0]].Shape is not { Rank: >= 3 } data) return null;
        Selection? selection = node.OpType switch
        {
            "Gather" => OfGather(node, graph, data),
            "Slice" => OfSlice(node, graph, data),
            "GatherND" => OfGatherNd(node, graph, producers, data),
            "GatherElements" => OfGatherElements(node, graph, producers, data),
            _ => null,
        };
        return selection is { Token.Length: > 1 } && selection.Token.Axis < data.Rank - 1 ? selection : null;
    }

    private static Selection? OfGather(Node node, Graph graph, TensorShape data)
    {
        if (Constant(graph, node.Inputs[1]) is not { Length: 1, Shape.Rank: <= 1 } indices) return null;
        int axis = Positive(node.Attributes.Int("axis", 0), data.Rank);
        return new Selection(node.Inputs[0], Static(data, axis, Int64s(indices)[0]), indices.Shape.Rank == 0);
    }

    private static Selection? OfSlice(Node node, Graph graph, TensorShape data)
    {
        if (node.Inputs.Length < 3 || Constant(graph, node.Inputs[1]) is not { } starts || Constant(graph, node.Inputs[2]) is not { } ends) return null;
        long[] from = Int64s(starts), to = Int64s(ends);
        long[]? axes = Optional(3, i => i), steps = Optional(4, _ => 1);
        if (axes is null || steps is null) return null;
        Selection? found = null;
        for (int i = 0; i < from.Length; i++)
        {
            int axis = Positive(axes[i], data.Rank);
            if (from[i] == 0 && steps[i] == 1 && (to[i] >= Everything || (data[axis] >= 0 && to[i] >= data[axis]))) continue;
            if (found is not null || data[axis] < 0) return null;
            SliceRange range = SliceRange.Of(from[i], to[i], steps[i], data[axis]);
            if (range.Count != 1) return null;
            found = new Selection(node.Inputs[0], Static(data, axis, range.Start), DropsAxis: false);
        }

        return found;

        long[]? Optional(int input, Func<int, long> fallback) => node.Inputs.Length <= input || node.Inputs[input].Length == 0
            ? [.. Enumerable.Range(0, from.Length).Select(fallback)]
            : Constant(graph, node.Inputs[input]) is { } given ? Int64s(given) : null;
    }

    /// <summary>Indices [B,1,1] or [B,1] with one batch axis, or (sample, position) pairs without.</summary>
    private static Selection? OfGatherNd(Node node, Graph graph, IReadOnlyDictionary<string, Node> producers, TensorShape data)
    {
        string indices = node.Inputs[1];
        if (graph.Types[indices].Shape is not { Rank: 2 or 3 } shape || (shape.Rank == 3 && shape[1] != 1)) return null;
        string? positions = node.Attributes.Int("batch_dims", 0) switch
        {
            1 when shape[^1] == 1 => indices,
            0 when shape[^1] == 2 => SecondOfPairs(indices, producers),
            _ => null,
        };
        return positions is null ? null : new Selection(node.Inputs[0], Dynamic(data, positions), shape.Rank == 2);
    }

    /// <summary>Indices [B,1,D] that repeat one position a sample over the channels.</summary>
    private static Selection? OfGatherElements(Node node, Graph graph, IReadOnlyDictionary<string, Node> producers, TensorShape data)
    {
        if (data.Rank != 3 || Positive(node.Attributes.Int("axis", 0), 3) != 1) return null;
        if (!producers.TryGetValue(node.Inputs[1], out Node? expand) || expand is not { OpType: "Expand", Domain: "" }) return null;
        bool samePerChannel = graph.Types[expand.Inputs[0]].Shape is { Rank: 3 } narrow && narrow[1] == 1 && narrow[2] == 1 && narrow[0] == data[0];
        bool allChannels = graph.Types[node.Inputs[1]].Shape is { Rank: 3 } wide && wide[0] == data[0] && wide[1] == 1 && wide[2] == data[2];
        return samePerChannel && allChannels ? new Selection(node.Inputs[0], Dynamic(data, expand.Inputs[0]), DropsAxis: false) : null;
    }

    /// <summary>The p of indices Concat(0..B-1, p): how <c>x[arange(B), p]</c> is exported.</summary>
    private static string? SecondOfPairs(string indices, IReadOnlyDictionary<string, Node> producers)
    {
        Node? concat = producers.GetValueOrDefault(indices);
        if (concat is not { OpType: "Concat", Inputs.Length: 2 } || concat.Attributes.Int("axis", 0) is not (-1 or 1 or 2)) return null;
        Node? samples = producers.GetValueOrDefault(concat.Inputs[0]);
        while (samples is { OpType: "Unsqueeze" or "Reshape" or "Expand" or "Cast" }) samples = producers.GetValueOrDefault(samples.Inputs[0]);
        return samples is { OpType: "Range" } ? concat.Inputs[1] : null;
    }

    private static Narrowing Static(TensorShape data, int axis, long index) =>
        new(axis, data[axis], index < 0 ? index + Math.Max(0, data[axis]) : index);

    private static Narrowing Dynamic(TensorShape data, string positions) => new(Axis: 1, data[1], Index: 0) { Positions = positions, BatchAxis = 0 };

    private static int Positive(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    private static HostTensor? Constant(Graph graph, string value) =>
        graph.Weights.GetValueOrDefault(value) is InlineWeight { Type.Element: ElementType.Int64 or ElementType.Int32 } inline ? inline.Read() : null;

    private static long[] Int64s(HostTensor tensor) => tensor.ElementType == ElementType.Int64
        ? tensor.Int64s.ToArray()
        : Array.ConvertAll(tensor.AsSpan<int>().ToArray(), v => (long)v);
}
