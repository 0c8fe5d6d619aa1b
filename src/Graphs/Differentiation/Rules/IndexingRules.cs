using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of operators that read or write elements at indices, and of padding.</summary>
internal static class IndexingRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Slice", Slice),
        new("Gather", Gather),
        new("GatherElements", GatherElements),
        new("GatherND", GatherNd),
        new("ScatterElements", ScatterElements),
        new("ScatterND", ScatterNd),
        new("Pad", Pad),
    ];

    /// <summary>Axis by axis, dy goes back to the positions taken; steps of any size and sign.</summary>
    private static void Slice(GradientScope s)
    {
        TensorShape x = s.Input(0).Shape;
        long[] starts = s.Int64s(1), ends = s.Int64s(2);
        long[] axes = s.Has(3) ? s.Int64s(3) : [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = s.Has(4) ? s.Int64s(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        Value gradient = s.Dy;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = s.Axis(axes[i], x.Rank);
            if (x[axis] == TensorShape.Dynamic)
            {
                if (starts[i] != 0 || steps[i] != 1 || ends[i] < int.MaxValue)
                    throw s.Refuse($"axis {axis} has no fixed length; import the model with fixed input shapes");
                continue;
            }

            SliceRange range = SliceRange.Of(starts[i], ends[i], steps[i], x[axis]);
            if (range == new SliceRange(0, 1, x[axis])) continue;
            s.RequireUnbatched(axis);
            gradient = s.PutAlong(gradient, axis, [.. Enumerable.Range(0, (int)range.Count).Select(j => range.Start + (j * range.Step))], x[axis]);
        }

        s.AddExact(0, gradient);
    }

    /// <summary>y[.., j, ..] = x[.., indices[j], ..]: slice j of dy is added at indices[j].</summary>
    private static void Gather(GradientScope s)
    {
        Value x = s.Input(0), indices = s.Input(1);
        int axis = s.Axis(s.Attributes.Int("axis", 0), x.Rank), rank = indices.Rank;
        for (int i = axis; i < axis + rank; i++) s.RequireUnbatched(i);
        Value dy = rank switch
        {
            0 => s.G.Unsqueeze(s.Dy, axis),
            1 => s.Dy,
            _ => s.G.Reshape(s.Dy, [.. Enumerable.Repeat(0L, axis), indices.Shape.IsFixed ? indices.Shape.ElementCount() : -1, .. x.Shape.Skip(axis + 1)]),
        };
        if (x.Shape[axis] != TensorShape.Dynamic && s.G.ConstantOf(indices.Name) is not null)
        {
            long[] constant = [.. s.Int64s(1).Select(i => i < 0 ? i + x.Shape[axis] : i)];
            s.AddExact(0, s.PutAlong(dy, axis, constant, x.Shape[axis]));
            return;
        }

        long[] column = Enumerable.Repeat(1L, x.Rank).ToArray();
        column[axis] = -1;
        Value everywhere = s.G.Emit("Expand", [s.G.Reshape(indices, column), s.G.ShapeOf(dy)]);
        TensorShape shape = dy.Shape.With(axis, x.Shape[axis]);
        s.AddExact(0, s.ScatterAdd(s.Zeros(shape, x.Type.Element, i => i == axis ? x : dy), everywhere, dy, axis));
    }

    /// <summary>y[i][j] = x[indices[i][j]][j] (axis 0): dy is added at the indices, which all cotangents share.</summary>
    private static void GatherElements(GradientScope s)
    {
        int axis = s.Axis(s.Attributes.Int("axis", 0), s.Input(0).Rank);
        s.RequireUnbatched(axis);
        Value dy = s.Dy;
        s.AddExact(0, s.ScatterAdd(s.ZerosFor(0, dy, axis), s.IndicesFor(s.Input(1), dy), dy, axis));
    }

    /// <summary>
    /// With batch dimensions the index tuples address one flat axis behind them (strides of the indexed dimensions), and
    /// dy is added there. Without, the tuples may name the sample, so that only the forward's own batch is right.
    /// </summary>
    private static void GatherNd(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0), indices = s.Input(1);
        int batch = (int)s.Attributes.Int("batch_dims", 0), depth = (int)indices.Shape[^1];
        if (batch == 0)
        {
            s.AddExact(0, g.Emit("ScatterND", [s.Zeros(x.Shape, x.Type.Element, _ => x), indices, s.ExactDy()], NodeAttributes.Of(("reduction", "add"))));
            return;
        }

        long[] indexed = [.. x.Shape.Skip(batch).Take(depth)], rest = [.. x.Shape.Skip(batch + depth)];
        if (indexed.Concat(rest).Contains(TensorShape.Dynamic)) throw s.Refuse("an axis behind the batch has no fixed length; import the model with fixed input shapes");
        long size = indexed.Aggregate(1L, (a, b) => a * b), inner = rest.Aggregate(1L, (a, b) => a * b);
        long[] keep = Enumerable.Repeat(0L, batch).ToArray();
        Value flat = FlatIndices(g, indices, indexed);
        Value dy = g.Reshape(s.Dy, [.. keep, -1, inner]);
        Value rows = g.Emit("Expand", [g.Reshape(flat, [.. keep, -1, 1]), g.ShapeOf(dy)]);
        Value zeros = s.Zeros([.. dy.Shape.Take(batch), size, inner], x.Type.Element, _ => dy);
        s.AddExact(0, g.Reshape(s.ScatterAdd(zeros, rows, dy, batch), [.. keep, .. indexed, .. rest]));
    }

    /// <summary>Index tuples to one index each; Mod makes those that count from the end positive.</summary>
    private static Value FlatIndices(GraphBuilder g, Value indices, long[] indexed)
    {
        if (indexed.Length == 1) return indices;
        long[] strides = new long[indexed.Length];
        for (long i = indexed.Length - 1, product = 1; i >= 0; product *= indexed[i], i--) strides[i] = product;
        return g.ReduceSum(g.Mul(g.Emit("Mod", [indices, g.Int64s(indexed)]), g.Int64s(strides)), [-1]);
    }

    /// <summary>
    /// y is data with updates written (or added) at the indices: ddata = dy, with zeros where it was overwritten;
    /// dupdates = dy read at the indices.
    /// </summary>
    private static void ScatterElements(GradientScope s)
    {
        bool adds = Adds(s);
        int axis = s.Axis(s.Attributes.Int("axis", 0), s.Input(0).Rank);
        s.RequireUnbatched(axis);
        Value dy = s.Dy, indices = s.Input(1);
        if (s.Needs(0) && adds) s.AddExact(0, dy);
        else if (s.Needs(0)) s.AddExact(0, s.G.Mul(dy, Kept(s, "ScatterElements")));
        if (!s.Needs(2)) return;
        TensorShape shape = indices.Shape;
        bool certain = axis == 0 || (shape.IsFixed && dy.Shape.IsFixed && dy.Shape[0] == s.Output().Shape[0]);
        if (!certain && shape[0] != s.Output().Shape[0]) throw s.Refuse("its indices cover a part of the batch only; import the model with fixed input shapes");
        Value stacked = certain ? indices : s.G.Emit("Expand", [indices, s.G.Concat(0, s.G.ShapeOf(dy, 0, 1), s.G.ShapeOf(indices, 1))]);
        s.AddExact(2, s.G.Emit("GatherElements", [dy, stacked], NodeAttributes.Of(("axis", axis))));
    }

    /// <summary>The same with index tuples; these may name the sample, so that dupdates is right for the forward's own batch only.</summary>
    private static void ScatterNd(GradientScope s)
    {
        bool adds = Adds(s);
        if (s.Needs(0)) s.AddExact(0, adds ? s.Dy : s.G.Mul(s.Dy, Kept(s, "ScatterND")));
        if (s.Needs(2)) s.AddExact(2, s.G.Emit("GatherND", [s.ExactDy(), s.Input(1)]));
    }

    /// <summary>1 where data survives, 0 where it is overwritten; of the forward's batch, so that K cotangents share it.</summary>
    private static Value Kept(GradientScope s, string op)
    {
        Value data = s.Input(0), updates = s.Input(2);
        Value zeros = s.G.Sub(s.G.OnesLike(updates), s.G.Like(updates, 1));
        return s.G.Emit(op, [s.G.OnesLike(data), s.Input(1), zeros], s.Attributes);
    }

    private static bool Adds(GradientScope s) => s.Attributes.String("reduction", "none") switch
    {
        "none" => false,
        "add" => true,
        string other => throw s.Refuse($"reduction '{other}' has no rule, only 'none' and 'add'"),
    };

    /// <summary>
    /// Constant padding: dy without what was added (zeros where it had cropped). Other modes copy elements along each axis,
    /// so dy is added back where each came from, the last axis first.
    /// </summary>
    private static void Pad(GradientScope s)
    {
        if (s.Needs(2)) throw s.Refuse("the padding value depends on the differentiated value; write it with Concat");
        TensorShape x = s.Input(0).Shape;
        string mode = s.Attributes.String("mode", "constant");
        long[] pads = s.Int64s(1);
        int[] axes = s.Has(3) ? [.. s.Int64s(3).Select(a => s.Axis(a, x.Rank))] : [.. Enumerable.Range(0, x.Rank)];
        Value gradient = s.Dy;
        for (int i = 0; i < axes.Length; i++)
        {
            if (pads[i] != 0 || pads[i + axes.Length] != 0) s.RequireUnbatched(axes[i]);
        }

        if (mode == "constant")
        {
            long[] back = new long[2 * x.Rank];
            for (int i = 0; i < axes.Length; i++) (back[axes[i]], back[axes[i] + x.Rank]) = (-pads[i], -pads[i + axes.Length]);
            s.AddExact(0, s.G.Emit("Pad", [gradient, s.G.Int64s(back)]));
            return;
        }

        for (int i = axes.Length - 1; i >= 0; i--)
        {
            if (pads[i] == 0 && pads[i + axes.Length] == 0) continue;
            long size = x[axes[i]];
            if (size == TensorShape.Dynamic) throw s.Refuse($"axis {axes[i]} has no fixed length; import the model with fixed input shapes");
            gradient = s.PutAlong(gradient, axes[i], PadSources(s, mode, pads[i], pads[i + axes.Length], size), size);
        }

        s.AddExact(0, gradient);
    }

    private static long[] PadSources(GradientScope s, string mode, long before, long after, long size)
    {
        long period = Math.Max(1, 2 * (size - 1));
        Func<long, long> source = mode switch
        {
            "edge" => i => Math.Clamp(i, 0, size - 1),
            "wrap" => i => ((i % size) + size) % size,
            "reflect" => i => size == 1 ? 0 : size - 1 - Math.Abs((((i % period) + period) % period) - (size - 1)),
            _ => throw s.Refuse($"padding mode '{mode}' has no rule"),
        };
        return [.. Enumerable.Range(0, (int)(before + size + after)).Select(i => source(i - before))];
    }
}
