namespace Pellucid.Graphs.Onnx.Canonical.Shapes;

/// <summary>A Resize whose sizes name the batch too (taken from the input's own shape) names the other axes only.</summary>
internal static class ResizeOfBatch
{
    public static Value? Rewrite(Node node, Assembly a)
    {
        if (node.Inputs.Length < 4 || node.Inputs[3].Length == 0 || a.FixedValue(node.Inputs[3]) is not null || node.Attributes.Has("axes")) return null;
        string x = node.Inputs[0], y = node.Outputs[0];
        if (a.ShapeOf(x, 0) is not { } from0 || a.ShapeOf(x, 1) is not { } from1 || a.ShapeOf(y, 0) is not { } to0 || a.ShapeOf(y, 1) is not { } to1) return null;
        var axes = new List<long>();
        for (int i = 0; i < from0.Rank; i++)
        {
            if (to0[i] == to1[i]) axes.Add(i);
            else if (to0[i] != from0[i] || to1[i] != from1[i]) return null;
        }

        Value sizes = a.Builder.Int64s([.. axes.Select(i => to0[(int)i])]);
        return ReshapeToBatch.Emit(node, a, [a.Use(x), null, null, sizes], node.Attributes.With("axes", axes.ToArray()));
    }
}
