namespace Pellucid.Graphs.Onnx.Canonical.Shapes;

/// <summary>
/// A Slice whose end is computed from the shape: where it takes all to the end whatever the batch, the end becomes
/// "the end".
/// </summary>
internal static class SliceOfBatch
{
    public static Value? Rewrite(Node node, Assembly a)
    {
        string x = node.Inputs[0];
        if (a.ShapeOf(x, 0) is not { } shape0 || a.ShapeOf(x, 1) is not { } shape1) return null;
        if (a.FixedValue(node.Inputs[1]) is null || a.Int64sOf(node.Inputs[1], 0) is not { } starts) return null;
        if (a.Int64sOf(node.Inputs[2], 0) is not { } ends0 || a.Int64sOf(node.Inputs[2], 1) is not { } ends1) return null;
        long[] axes = Optional(node, 3, a) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = Optional(node, 4, a) ?? [.. Enumerable.Repeat(1L, starts.Length)];
        bool changed = false;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + shape0.Rank : axes[i]);
            bool dynamic = shape0[axis] != shape1[axis];
            if (!dynamic && ends0[i] == ends1[i]) continue;
            if (steps[i] < 1 || ends0[i] < shape0[axis] || ends1[i] < shape1[axis]) return null;
            changed |= ends0[i] != long.MaxValue;
            ends0[i] = long.MaxValue;
        }

        if (!changed) return null;
        GraphBuilder g = a.Builder;
        return ReshapeToBatch.Emit(node, a, [a.Use(x), g.Int64s(starts), g.Int64s(ends0), g.Int64s(axes), g.Int64s(steps)], NodeAttributes.None);
    }

    private static long[]? Optional(Node node, int input, Assembly a) =>
        input < node.Inputs.Length && node.Inputs[input].Length > 0 ? a.Int64sOf(node.Inputs[input], 0) : null;
}
