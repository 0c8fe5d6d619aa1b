using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of operators that rename, permute, join or repeat axes.</summary>
internal static class LayoutRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Reshape", ReshapeRule.Apply),
        new("Flatten", ReshapeRule.Apply),
        new("Squeeze", Squeeze),
        new("Unsqueeze", s => s.AddExact(0, s.G.Squeeze(s.Dy, s.Int64s(1)))),
        new("Transpose", Transpose),
        new("Concat", Concat),
        new("Split", Split),
        new("Expand", s => s.Add(0, s.Dy)),
        new("Tile", Tile),
        new("CumSum", CumSum),
        new("Trilu", s => s.AddExact(0, s.G.Emit("Trilu", [s.Dy, s.Has(1) ? s.Input(1) : null], s.Attributes))),
    ];

    /// <summary>Axes of length 1 come back where they were.</summary>
    private static void Squeeze(GradientScope s)
    {
        TensorShape x = s.Input(0).Shape;
        long[] axes = s.Has(1)
            ? [.. s.Int64s(1).Select(a => (long)s.Axis(a, x.Rank))]
            : [.. Enumerable.Range(0, x.Rank).Where(i => x[i] == 1).Select(i => (long)i)];
        s.AddExact(0, s.G.Unsqueeze(s.Dy, axes));
    }

    /// <summary>The inverse permutation.</summary>
    private static void Transpose(GradientScope s)
    {
        int rank = s.Input(0).Rank;
        long[] order = s.Attributes.Ints("perm") ?? Enumerable.Range(0, rank).Reverse().Select(i => (long)i).ToArray();
        long[] inverse = new long[rank];
        for (int i = 0; i < rank; i++) inverse[order[i]] = i;
        s.AddExact(0, s.G.Transpose(s.Dy, inverse));
    }

    /// <summary>Each part takes its slice of dy: one Split where all are wanted.</summary>
    private static void Concat(GradientScope s)
    {
        int axis = s.Axis(s.Attributes.Int("axis", 0), s.Output().Rank);
        s.RequireUnbatched(axis);
        long[] lengths = [.. Enumerable.Range(0, s.InputCount).Select(i => FixedLength(s, s.Input(i), axis))];
        int[] wanted = [.. Enumerable.Range(0, s.InputCount).Where(s.Needs)];
        if (wanted.Length == lengths.Length && wanted.Length > 1)
        {
            IReadOnlyList<Value> parts = s.G.EmitMany("Split", [s.Dy, s.G.Int64s(lengths)], lengths.Length, NodeAttributes.Of(("axis", axis)));
            for (int i = 0; i < parts.Count; i++) s.AddExact(i, parts[i]);
            return;
        }

        foreach (int i in wanted)
        {
            long start = lengths.Take(i).Sum();
            s.AddExact(i, lengths.Length == 1 ? s.Dy : s.G.Slice(s.Dy, axis, start, start + lengths[i]));
        }
    }

    /// <summary>The cotangents of the parts side by side; each run of parts that have one is padded with zeros where others have none.</summary>
    private static void Split(GradientScope s)
    {
        int axis = s.Axis(s.Attributes.Int("axis", 0), s.Input(0).Rank);
        int count = s.Node.Outputs.Length;
        Value?[] parts = [.. Enumerable.Range(0, count).Select(s.CotangentOf)];
        TensorShape type = s.Input(0).Shape;
        if (Array.TrueForAll(parts, p => p is not null))
        {
            s.AddExact(0, s.G.Concat(axis, parts!));
            return;
        }

        long[] lengths = [.. Enumerable.Range(0, count).Select(i => LengthOfPart(s, i, axis, type))];
        for (int i = 0; i < count; i++)
        {
            if (parts[i] is null) continue;
            int end = i;
            while (end < count && parts[end] is not null) end++;
            Value run = s.G.Concat(axis, parts[i..end]!);
            s.AddExact(0, s.G.PadAxis(run, axis, lengths[..i].Sum(), lengths[end..].Sum()));
            i = end;
        }
    }

    private static long LengthOfPart(GradientScope s, int part, int axis, TensorShape whole)
    {
        if (s.Has(1)) return s.Int64s(1)[part];
        if (whole[axis] == TensorShape.Dynamic) throw s.Refuse($"axis {axis} has no fixed length; import the model with fixed input shapes");
        long chunk = (whole[axis] + s.Node.Outputs.Length - 1) / s.Node.Outputs.Length;
        return Math.Min(chunk, whole[axis] - (part * chunk));
    }

    private static long FixedLength(GradientScope s, Value value, int axis) => value.Shape[axis] != TensorShape.Dynamic
        ? value.Shape[axis]
        : throw s.Refuse($"'{value.Name}' has no fixed length along axis {axis}; import the model with fixed input shapes");

    /// <summary>Each repeated axis is taken apart into (repetition, element) and summed over the repetitions.</summary>
    private static void Tile(GradientScope s)
    {
        TensorShape x = s.Input(0).Shape;
        long[] repeats = s.Int64s(1);
        var shape = new List<long>();
        var summed = new List<long>();
        for (int i = 0; i < x.Rank; i++)
        {
            if (repeats[i] != 1)
            {
                s.RequireUnbatched(i);
                summed.Add(shape.Count);
                shape.Add(repeats[i]);
            }

            shape.Add(shape.Count == i && x[i] != 0 && repeats[i] == 1 ? 0 : x[i]);
        }

        if (shape.Count(d => d == TensorShape.Dynamic) > 1) throw s.Refuse("more than one axis has no fixed length; import the model with fixed input shapes");
        s.AddExact(0, summed.Count == 0 ? s.Dy : s.G.ReduceSum(s.G.Reshape(s.Dy, [.. shape]), [.. summed], keepDimensions: false));
    }

    /// <summary>A running sum the other way round.</summary>
    private static void CumSum(GradientScope s)
    {
        NodeAttributes reversed = s.Attributes.With("reverse", s.Attributes.Int("reverse", 0) == 0);
        s.RequireUnbatched(s.Axis(s.Int64s(1)[0], s.Output().Rank));
        s.AddExact(0, s.G.Emit("CumSum", [s.Dy, s.Input(1)], reversed));
    }
}
