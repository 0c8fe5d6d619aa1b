namespace Pellucid.Graphs.Operators;

/// <summary>Operators that move, select and reduce elements.</summary>
public static class Layout
{
    /// <summary>Another shape; -1 stands for the dimension to infer, 0 copies the input's.</summary>
    public static Value Reshape(this GraphBuilder g, Value x, params ReadOnlySpan<long> shape) => g.Emit("Reshape", [x, g.Int64s(shape)]);

    /// <summary>Permutes the axes.</summary>
    public static Value Transpose(this GraphBuilder g, Value x, params long[] permutation) =>
        g.Emit("Transpose", [x], NodeAttributes.Of(("perm", permutation)));

    /// <summary>Inserts axes of length 1 (positions in the result).</summary>
    public static Value Unsqueeze(this GraphBuilder g, Value x, params ReadOnlySpan<long> axes) => g.Emit("Unsqueeze", [x, g.Int64s(axes)]);

    /// <summary>Drops axes of length 1.</summary>
    public static Value Squeeze(this GraphBuilder g, Value x, params ReadOnlySpan<long> axes) => g.Emit("Squeeze", [x, g.Int64s(axes)]);

    /// <summary>Joins along an axis.</summary>
    public static Value Concat(this GraphBuilder g, long axis, params IReadOnlyList<Value> parts) =>
        parts.Count == 1 ? parts[0] : g.Emit("Concat", parts, NodeAttributes.Of(("axis", axis)));

    /// <summary>Elements start (inclusive) to end (exclusive) along one axis.</summary>
    public static Value Slice(this GraphBuilder g, Value x, long axis, long start, long end, long step = 1) =>
        g.Emit("Slice", [x, g.Int64s(start), g.Int64s(end), g.Int64s(axis), g.Int64s(step)]);

    /// <summary>Slices of x along an axis at given indices; the index tensor's axes take the axis's place.</summary>
    public static Value Gather(this GraphBuilder g, Value x, Value indices, long axis) =>
        g.Emit("Gather", [x, indices], NodeAttributes.Of(("axis", axis)));

    /// <summary>Broadcasts to a shape.</summary>
    public static Value Expand(this GraphBuilder g, Value x, params ReadOnlySpan<long> shape) => g.Emit("Expand", [x, g.Int64s(shape)]);

    /// <summary>Sum over axes.</summary>
    public static Value ReduceSum(this GraphBuilder g, Value x, long[] axes, bool keepDimensions = true) =>
        g.Emit("ReduceSum", [x, g.Int64s(axes)], NodeAttributes.Of(("keepdims", keepDimensions)));

    /// <summary>Mean over axes.</summary>
    public static Value ReduceMean(this GraphBuilder g, Value x, long[] axes, bool keepDimensions = true) =>
        g.Emit("ReduceMean", [x, g.Int64s(axes)], NodeAttributes.Of(("keepdims", keepDimensions)));

    /// <summary>Token <paramref name="position"/> of [B, N, ...] as [B, 1, ...].</summary>
    public static Value SelectToken(this GraphBuilder g, Value x, long position) => g.Gather(x, g.Int64s(position), 1);

    /// <summary>One token a sample: x of [B, N, D], positions of [B, 1, 1] to [B, 1, D].</summary>
    public static Value SelectToken(this GraphBuilder g, Value x, Value positions) =>
        g.Emit("GatherND", [x, positions], NodeAttributes.Of(("batch_dims", 1L)));
}
