namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>Operators that move, select and reduce known numbers. The inferred output shape says how many there are.</summary>
internal static class LayoutFolds
{
    public static IEnumerable<KeyValuePair<string, Func<FoldContext, Numbers>>> All
    {
        get
        {
            foreach (string op in new[] { "Reshape", "Squeeze", "Unsqueeze", "Flatten" }) yield return new(op, c => c[0].Reshape(c.Shape));
            yield return new("Expand", c => c[0].Pick(c.Shape, i => Indexing.Broadcast(i, c.Shape, c[0].Shape)));
            yield return new("Tile", Tile);
            yield return new("Transpose", Transpose);
            yield return new("Concat", Concat);
            yield return new("Slice", Slice);
            yield return new("Gather", Gather);
            yield return new("ConstantOfShape", ConstantOfShape);
            yield return new("Range", Range);
            yield return new("Trilu", Trilu);
            yield return new("ReduceProd", c => Reduce(c, 1, (a, b) => a * b));
            yield return new("ReduceSum", c => Reduce(c, 0, (a, b) => a + b));
            yield return new("ReduceMax", c => Reduce(c, double.NegativeInfinity, Math.Max));
            yield return new("ReduceMin", c => Reduce(c, double.PositiveInfinity, Math.Min));
        }
    }

    private static Numbers Tile(FoldContext c)
    {
        long[] from = c[0].Shape;
        return c[0].Pick(c.Shape, i => Indexing.Flat([.. Indexing.Coordinates(i, c.Shape).Select((p, d) => p % from[d])], from));
    }

    private static Numbers Transpose(FoldContext c)
    {
        long[] from = c[0].Shape, strides = Indexing.Strides(from);
        long[] order = c.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, from.Length).Reverse().Select(i => (long)i)];
        return c[0].Pick(c.Shape, i => (int)Indexing.Coordinates(i, c.Shape).Select((p, d) => p * strides[order[d]]).Sum());
    }

    private static Numbers Concat(FoldContext c)
    {
        long[] shape = c.Shape;
        int axis = c.Axis("axis", 0, shape.Length);
        var places = new List<(int Part, long At)>();
        for (int part = 0; part < c.InputCount; part++) for (long at = 0; at < c[part].Shape[axis]; at++) places.Add((part, at));
        return Numbers.Pick(c[0].Element, shape, Numbers.Count(shape), i =>
        {
            long[] at = Indexing.Coordinates(i, shape);
            (int part, at[axis]) = places[(int)at[axis]];
            return (c[part], Indexing.Flat(at, c[part].Shape));
        }, c[0].IsFloat);
    }

    private static Numbers Slice(FoldContext c)
    {
        long[] from = c[0].Shape, starts = c[1].Integers, ends = c[2].Integers;
        long[] axes = c.Has(3) ? c[3].Integers : [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        var ranges = new SliceRange[from.Length];
        for (int d = 0; d < from.Length; d++) ranges[d] = new SliceRange(0, 1, from[d]);
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + from.Length : axes[i]);
            ranges[axis] = SliceRange.Of(starts[i], ends[i], c.Has(4) ? c[4].Integers[i] : 1, from[axis]);
        }

        return c[0].Pick(c.Shape, i => Indexing.Flat([.. Indexing.Coordinates(i, c.Shape).Select((p, d) => ranges[d].Start + (p * ranges[d].Step))], from));
    }

    private static Numbers Gather(FoldContext c)
    {
        long[] from = c[0].Shape, indices = c[1].Integers;
        int axis = c.Axis("axis", 0, from.Length), rank = c[1].Shape.Length;
        return c[0].Pick(c.Shape, i =>
        {
            long[] at = Indexing.Coordinates(i, c.Shape);
            long index = indices[Indexing.Flat(at[axis..(axis + rank)], c[1].Shape)];
            long[] source = [.. at[..axis], index < 0 ? index + from[axis] : index, .. at[(axis + rank)..]];
            if (source[axis] < 0 || source[axis] >= from[axis]) throw new ArgumentException($"index {index} lies outside a dimension of {from[axis]}");
            return Indexing.Flat(source, from);
        });
    }

    private static Numbers ConstantOfShape(FoldContext c)
    {
        Numbers value = (c.Attributes.Tensor("value") is { } t ? Numbers.From(t) : Numbers.Of(ElementType.Float32, [1], [0d])) ?? throw new NotSupportedException("a bfloat16 constant");
        return value.Pick(c.Shape, _ => 0);
    }

    private static Numbers Range(FoldContext c)
    {
        double start = c[0].Floats[0], limit = c[1].Floats[0], step = c[2].Floats[0];
        double count = Math.Max(0, Math.Ceiling((limit - start) / step));
        if (!(count <= ConstantFolder.MostElements)) throw new ArgumentException($"a range of {count} elements");
        double[] values = [.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))];
        return c[0].IsFloat
            ? Numbers.Of(c[0].Element, [values.Length], values)
            : Numbers.Of(c[0].Element, [values.Length], Array.ConvertAll(values, v => (long)v));
    }

    private static Numbers Trilu(FoldContext c)
    {
        long[] shape = c.Shape;
        long k = c.Has(1) ? c[1].Integers[0] : 0;
        bool upper = c.Attributes.Int("upper", 1) != 0;
        Numbers zero = c[0].IsFloat ? Numbers.Of(c[0].Element, [1], [0d]) : Numbers.Of(c[0].Element, [1], [0L]);
        return Numbers.Pick(c[0].Element, shape, c[0].Length, i =>
        {
            long[] at = Indexing.Coordinates(i, shape);
            bool kept = upper ? at[^1] - at[^2] >= k : at[^1] - at[^2] <= k;
            return kept ? (c[0], i) : (zero, 0);
        }, c[0].IsFloat);
    }

    private static Numbers Reduce(FoldContext c, double seed, Func<double, double, double> fold)
    {
        long[] from = c[0].Shape;
        long[] axes = c.Has(1) ? c[1].Integers : [];
        if (axes.Length == 0 && c.Attributes.Int("noop_with_empty_axes", 0) != 0) return c[0];
        HashSet<long> reduced = axes.Length == 0 ? [.. Enumerable.Range(0, from.Length).Select(i => (long)i)] : [.. axes.Select(a => a < 0 ? a + from.Length : a)];
        long[] kept = [.. from.Select((d, i) => reduced.Contains(i) ? 1 : d)];
        double[] result = new double[Numbers.Count(kept)], values = c[0].Floats;
        Array.Fill(result, seed);
        for (int i = 0; i < values.Length; i++)
        {
            long[] at = [.. Indexing.Coordinates(i, from).Select((p, d) => reduced.Contains(d) ? 0 : p)];
            int to = Indexing.Flat(at, kept);
            result[to] = fold(result[to], values[i]);
        }

        return c[0].IsFloat ? Numbers.Of(c[0].Element, c.Shape, result) : Numbers.Of(c[0].Element, c.Shape, Array.ConvertAll(result, v => (long)v));
    }
}
