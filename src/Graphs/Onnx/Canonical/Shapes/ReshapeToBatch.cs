namespace Pellucid.Graphs.Onnx.Canonical.Shapes;

/// <summary>
/// Gives Reshape a constant target: the sizes that do not depend on the batch, -1 for the one that does.
/// -1 rather than 0 also lets a batch of cotangents through.
/// </summary>
internal static class ReshapeToBatch
{
    public static Value? Rewrite(Node node, Assembly a)
    {
        string x = node.Inputs[0], output = node.Outputs[0];
        if (a.ShapeOf(output, 0) is not { IsFixed: true } first || a.ShapeOf(output, 1) is not { IsFixed: true } second) return null;
        long[] target = [.. first.Zip(second, (p, q) => p == q ? p : -1)];
        int[] open = [.. Enumerable.Range(0, target.Length).Where(i => target[i] < 0)];
        for (int i = 0; i < open.Length && open.Length > 1; i++)
        {
            // Several batch dimensions: those that stay in their place are copied.
            int axis = open[i];
            if (a.ShapeOf(x, 0) is { } from && a.ShapeOf(x, 1) is { } from1 && axis < from.Rank && from[axis] == first[axis] && from1[axis] == second[axis]) target[axis] = 0;
        }

        if (target.Count(t => t < 0) > 1) return null;
        bool copies = open.Length > 1 && target.Contains(0);
        bool empty = first.Zip(target).Any(p => p.First == 0 && p.Second == 0);
        if (empty && copies) return null;
        NodeAttributes attributes = empty ? NodeAttributes.Of(("allowzero", true)) : NodeAttributes.None;
        return Emit(node, a, [a.Use(x), a.Builder.Int64s(target)], attributes);
    }

    /// <summary>Appends the node with other inputs, keeping its names.</summary>
    public static Value Emit(Node node, Assembly a, IReadOnlyList<Value?> inputs, NodeAttributes attributes)
    {
        string name = a.Builder.Has(node.Outputs[0]) ? a.Fresh(node.Outputs[0]) : node.Outputs[0];
        return a.Builder.Append(node with { Inputs = [.. inputs.Select(i => i?.Name ?? string.Empty)], Outputs = [name], Attributes = attributes })[0];
    }
}
