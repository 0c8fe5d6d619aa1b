namespace Pellucid.Graphs.Onnx.Canonical.Shapes;

/// <summary>Copies along the batch (a class token for each sample, a mask of zeros), said without a shape at run time.</summary>
internal static class ExpandToBatch
{
    private const long LargestConstant = 1 << 16;

    public static Value? Expand(Node node, Assembly a)
    {
        if (Target(node, a) is not { } target || a.ShapeOf(node.Inputs[0], 0) is not { } x0 || a.ShapeOf(node.Inputs[0], 1) is not { } x1) return null;
        Value x = a.Use(node.Inputs[0]);
        if (x0.Equals(a.ShapeOf(node.Outputs[0], 0)) && x1.Equals(a.ShapeOf(node.Outputs[0], 1))) return x;

        // Axes that have the batch already are left alone, and so are those that are stretched below.
        int lead = target.Sizes.Length - x0.Rank;
        var stretched = new List<(int Axis, int Symbol)>();
        for (int i = 0; i < target.Sizes.Length; i++)
        {
            if (target.Symbols[i] < 0) continue;
            bool has = i >= lead && x0[i - lead] != 1;
            if (!has) stretched.Add((i, target.Symbols[i]));
            target.Sizes[i] = 1;
        }

        bool grows = lead > 0 || target.Sizes.Where((t, i) => t != 1 && x0[i - lead] == 1).Any();
        if (grows) x = a.Builder.Emit("Expand", [x, a.Builder.Int64s(target.Sizes)]);
        return Stretch(a, x, stretched);
    }

    public static Value? Tile(Node node, Assembly a)
    {
        if (a.FixedValue(node.Inputs[1]) is not null || a.ShapeOf(node.Inputs[0], 0) is not { } from || Target(node, a) is not { } target) return null;
        if (a.Int64sOf(node.Inputs[1], 0) is not { } repeats || repeats.Length != from.Rank) return null;
        var stretched = new List<(int Axis, int Symbol)>();
        for (int i = 0; i < repeats.Length; i++)
        {
            if (repeats[i] == 1 || target.Symbols[i] < 0) continue;
            if (from[i] != 1) return null;
            stretched.Add((i, target.Symbols[i]));
            repeats[i] = 1;
        }

        Value x = a.Use(node.Inputs[0]);
        if (repeats.Any(r => r != 1)) x = a.Builder.Emit("Tile", [x, a.Builder.Int64s(repeats)]);
        return Stretch(a, x, stretched);
    }

    public static Value? ConstantOfShape(Node node, Assembly a)
    {
        if (Target(node, a) is not { } target) return null;
        long[] sizes = [.. target.Sizes.Select((t, i) => target.Symbols[i] < 0 ? t : 1)];
        long count = 1;
        foreach (long d in sizes) count = d > LargestConstant ? long.MaxValue : Math.Min(long.MaxValue / 2, count * Math.Max(1, d));
        if (count > LargestConstant || !a.Budget.TryTake(count)) return null;
        HostTensor value = node.Attributes.Tensor("value") ?? HostTensor.Of([0f], 1);
        HostTensor filled = HostTensor.Zeros(value.ElementType, new TensorShape(sizes));
        Span<byte> bytes = filled.Bytes, element = value.Bytes;
        for (int i = 0; i < bytes.Length; i += element.Length) element.CopyTo(bytes[i..]);
        return Stretch(a, a.Builder.Constant(filled), [.. target.Symbols.Select((s, i) => (i, s)).Where(p => p.s >= 0)]);
    }

    private static Value Stretch(Assembly a, Value x, List<(int Axis, int Symbol)> axes)
    {
        foreach ((int axis, int symbol) in axes) x = a.Stretch(x, axis, symbol);
        return x;
    }

    /// <summary>Sizes of the output and, for each that depends on a batch, its symbol; null where one is neither.</summary>
    private static (long[] Sizes, int[] Symbols)? Target(Node node, Assembly a)
    {
        if (a.ShapeOf(node.Outputs[0], 0) is not { IsFixed: true } first || a.ShapeOf(node.Outputs[0], 1) is not { IsFixed: true } second || first.Rank != second.Rank) return null;
        int[] symbols = new int[first.Rank];
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = first[i] == second[i] ? -1 : a.Symbols.Find(first[i], second[i]);
            if (first[i] != second[i] && symbols[i] < 0) return null;
        }

        return (first.ToArray(), symbols);
    }
}
