namespace Pellucid.Graphs.Onnx.Canonical.Unfolding;

/// <summary>How operators look when one of their axes is two: axes behind it move by one.</summary>
internal static class UnfoldedOperators
{
    /// <summary>Inputs, the folded axis of the output, and attributes; null where the operator is not known.</summary>
    public static (IReadOnlyList<Value> Inputs, int Axis, NodeAttributes Attributes)? Rewrite(Node node, BatchUnfolding unfolding, Assembly a)
    {
        switch (node.QualifiedOp)
        {
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Max" or "Min":
                return Elementwise(node, unfolding, a);
            case "MatMul":
                return Product(node, unfolding, a);
        }

        if (unfolding.Of(node.Inputs[0]) is not { } x) return null;
        int rank = x.Value.Rank - 1;
        switch (node.QualifiedOp)
        {
            case "Relu" or "Sigmoid" or "Tanh" or "Erf" or "Exp" or "Sqrt" or "Neg" or "Abs" or "Reciprocal" or "Gelu" or "com.microsoft.QuickGelu" or "Cast":
                return node.Inputs.Length == 1 ? ([x.Value], x.Axis, node.Attributes) : null;
            case "Softmax" or "LogSoftmax":
                int over = Axis(node.Attributes.Int("axis", -1), rank);
                return over == x.Axis ? null : ([x.Value], x.Axis, NodeAttributes.Of(("axis", (long)(over == rank - 1 ? -1 : x.Shift(over)))));
            case "Transpose":
                return Transpose(node, x, rank);
            case "Gather":
                return Gather(node, x, rank, a);
            case "Split":
                int split = Axis(node.Attributes.Int("axis", 0), rank);
                if (split == x.Axis) return null;
                return ([x.Value, .. node.Inputs.Skip(1).Where(i => i.Length > 0).Select(a.Use)], x.Axis, node.Attributes.With("axis", (long)x.Shift(split)));
            case "Squeeze":
                if (node.Inputs.Length < 2 || a.FixedValue(node.Inputs[1]) is null || a.Int64sOf(node.Inputs[1], 0) is not { } axes) return null;
                int[] dropped = Array.ConvertAll(axes, i => Axis(i, rank));
                if (dropped.Contains(x.Axis)) return null;
                return ([x.Value, a.Builder.Int64s(Array.ConvertAll(dropped, i => (long)x.Shift(i)))], x.Axis - dropped.Count(i => i < x.Axis), node.Attributes);
            default:
                return null;
        }
    }

    private static (IReadOnlyList<Value>, int, NodeAttributes)? Elementwise(Node node, BatchUnfolding unfolding, Assembly a)
    {
        int rank = a.RankOf(node.Outputs[0]);
        int axis = -1;
        long factor = 0;
        foreach (string input in node.Inputs)
        {
            if (unfolding.Of(input) is not { } u) continue;
            int aligned = u.Axis + rank - (u.Value.Rank - 1);
            if (axis >= 0 && (axis != aligned || factor != u.Factor)) return null;
            (axis, factor) = (aligned, u.Factor);
        }

        var inputs = new List<Value>();
        foreach (string input in node.Inputs)
        {
            if (unfolding.Of(input) is { } u)
            {
                inputs.Add(u.Value);
                continue;
            }

            // An operand that does not reach the axis broadcasts as before; one of size 1 there gets a second such axis.
            if (a.ShapeOf(input, 0) is not { } shape) return null;
            int own = axis - (rank - shape.Rank);
            if (own >= 0 && shape[own] != 1) return null;
            inputs.Add(own < 0 ? a.Use(input) : a.Builder.Emit("Unsqueeze", [a.Use(input), a.Builder.Int64s(own)]));
        }

        return (inputs, axis, node.Attributes);
    }

    /// <summary>Two unfolded batches of matrices, or one and a matrix for all.</summary>
    private static (IReadOnlyList<Value>, int, NodeAttributes)? Product(Node node, BatchUnfolding unfolding, Assembly a)
    {
        Unfolded? left = unfolding.Of(node.Inputs[0]), right = unfolding.Of(node.Inputs[1]);
        foreach (Unfolded? side in new[] { left, right }) if (side is not null && side.Axis >= side.Value.Rank - 3) return null;
        if (left is not null && right is not null)
            return left.Axis == right.Axis && left.Factor == right.Factor && left.Value.Rank == right.Value.Rank ? ([left.Value, right.Value], left.Axis, node.Attributes) : null;
        string other = node.Inputs[left is null ? 0 : 1];
        if (a.ShapeOf(other, 0) is not { Rank: 2 }) return null;
        Unfolded known = (left ?? right)!;
        return (left is null ? [a.Use(other), known.Value] : [known.Value, a.Use(other)], known.Axis, node.Attributes);
    }

    private static (IReadOnlyList<Value>, int, NodeAttributes)? Transpose(Node node, Unfolded x, int rank)
    {
        long[] order = node.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
        var unfolded = new List<long>();
        foreach (long from in order)
        {
            unfolded.Add(x.Shift((int)from));
            if (from == x.Axis) unfolded.Add(x.Axis + 1);
        }

        return ([x.Value], Array.IndexOf(order, (long)x.Axis), NodeAttributes.Of(("perm", unfolded.ToArray())));
    }

    private static (IReadOnlyList<Value>, int, NodeAttributes)? Gather(Node node, Unfolded x, int rank, Assembly a)
    {
        int axis = Axis(node.Attributes.Int("axis", 0), rank);
        if (axis == x.Axis || a.FixedValue(node.Inputs[1]) is not { } indices) return null;
        int moved = axis < x.Axis ? x.Axis - 1 + indices.Shape.Rank : x.Axis;
        return ([x.Value, a.Use(node.Inputs[1])], moved, NodeAttributes.Of(("axis", (long)x.Shift(axis))));
    }

    private static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);
}
