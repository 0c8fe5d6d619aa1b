using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation;

/// <summary>What several gradient rules emit. All of it keeps a batch of cotangents that is larger than the forward's.</summary>
internal static class GradientEmission
{
    /// <summary>More repetitions of one index than this are added by one scatter instead of by several gathers.</summary>
    private const int MostGathers = 4;

    /// <summary>Ones of a value's shape, whatever the value holds: x^0 is 1 even for infinities and NaN.</summary>
    public static Value OnesLike(this GraphBuilder g, Value x) => g.Emit("Pow", [x, g.Like(x, 0)]);

    /// <summary>1 where both are equal, else 0, as numbers.</summary>
    public static Value EqualMask(this GraphBuilder g, Value a, Value b) => g.Cast(g.Emit("Equal", [a, b]), a.Type.Element);

    /// <summary>All axes named by an attribute or input that may count from the end.</summary>
    public static int Axis(this GradientScope s, long axis, int rank) =>
        axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw s.Refuse($"axis {axis} lies outside rank {rank}");

    /// <summary>Repeats a cotangent, whose length along some axes is 1, to the length that a value has there.</summary>
    public static Value Stretch(this GradientScope s, Value dy, Value like, IReadOnlyCollection<long> axes)
    {
        long[] target = Enumerable.Repeat(1L, like.Rank).ToArray();
        foreach (long axis in axes) target[axis] = like.Shape[(int)axis];
        if (Array.TrueForAll(target, d => d == 1)) return dy;
        return target.Contains(TensorShape.Dynamic) ? s.G.Mul(dy, s.G.OnesLike(like)) : s.G.Expand(dy, target);
    }

    /// <summary>Zeros of a shape; a dimension that only a run knows is read then, from the value that the axis is asked of.</summary>
    public static Value Zeros(this GradientScope s, TensorShape shape, ElementType element, Func<int, Value> lengthFrom)
    {
        var parts = new List<Value>();
        var known = new List<long>();

        void Flush()
        {
            if (known.Count > 0) parts.Add(s.G.Int64s(known.ToArray()));
            known.Clear();
        }

        for (int i = 0; i < shape.Rank; i++)
        {
            if (shape[i] != TensorShape.Dynamic)
            {
                known.Add(shape[i]);
                continue;
            }

            Flush();
            parts.Add(s.G.ShapeOf(lengthFrom(i), i, i + 1));
        }

        Flush();
        Value dimensions = parts.Count == 0 ? s.G.Int64s() : s.G.Concat(0, parts);
        return s.G.Emit("ConstantOfShape", [dimensions], NodeAttributes.Of(("value", HostTensor.Zeros(element, [1]))));
    }

    /// <summary>Zeros of an input's shape with the cotangent's batch: along axis 0, unless that is the axis at work.</summary>
    public static Value ZerosFor(this GradientScope s, int input, Value dy, int axisAtWork)
    {
        Value x = s.Input(input);
        TensorShape output = s.Output().Shape;
        bool stacked = axisAtWork != 0 && dy.Shape[0] != output[0];
        return s.Zeros(stacked ? x.Shape.With(0, dy.Shape[0]) : x.Shape, x.Type.Element, i => i == 0 && axisAtWork != 0 ? dy : x);
    }

    /// <summary>The dimensions start to end of a value, read at run time.</summary>
    public static Value ShapeOf(this GraphBuilder g, Value x, int start = 0, int? end = null) =>
        g.Emit("Shape", [x], end is { } last ? NodeAttributes.Of(("start", start), ("end", last)) : NodeAttributes.Of(("start", start)));

    /// <summary>Repeats index tensors along the batch to the cotangent's shape; nothing is emitted where they are equal for certain.</summary>
    public static Value IndicesFor(this GradientScope s, Value indices, Value dy) =>
        indices.Shape.IsFixed && indices.Shape.Equals(dy.Shape) ? indices : s.G.Emit("Expand", [indices, s.G.ShapeOf(dy)]);

    /// <summary>
    /// The cotangent, with a run-time check that it has the output's own shape: reshaping fails where more cotangents are
    /// stacked. For operators whose indices name the sample, which K cotangents would silently read wrongly.
    /// </summary>
    public static Value ExactDy(this GradientScope s) =>
        s.Dy.Shape.IsFixed && s.Dy.Shape.Equals(s.Output().Shape) ? s.Dy : s.G.Emit("Reshape", [s.Dy, s.G.ShapeOf(s.Output())]);

    /// <summary>Zeros before and after along one axis; negative numbers crop.</summary>
    public static Value PadAxis(this GraphBuilder g, Value x, int axis, long before, long after)
    {
        if (before == 0 && after == 0) return x;
        long[] pads = new long[2 * x.Rank];
        pads[axis] = before;
        pads[axis + x.Rank] = after;
        return g.Emit("Pad", [x, g.Int64s(pads)]);
    }

    /// <summary>
    /// Adds slices of dy to zeros: slice j goes to position indices[j] of an axis of the given length. The transpose of
    /// selecting along an axis by constant indices. Pads where the indices are a run, else gathers by the inverse
    /// permutation (a missing position reads a zero slice), else scatters.
    /// </summary>
    public static Value PutAlong(this GradientScope s, Value dy, int axis, long[] indices, long size)
    {
        GraphBuilder g = s.G;
        if (indices.Length > 0 && Enumerable.Range(0, indices.Length).All(j => indices[j] == indices[0] + j))
            return g.PadAxis(dy, axis, indices[0], size - indices[0] - indices.Length);

        List<long>[] sources = [.. Enumerable.Range(0, (int)size).Select(_ => new List<long>())];
        for (int j = 0; j < indices.Length; j++) sources[indices[j]].Add(j);
        int rounds = sources.Max(l => l.Count);
        if (rounds > MostGathers) return s.ScatterAlong(dy, axis, g.Int64s(indices), size);

        bool holes = Array.Exists(sources, l => l.Count < rounds);
        Value padded = holes ? g.PadAxis(dy, axis, 0, 1) : dy;
        Value? sum = null;
        for (int r = 0; r < rounds; r++)
        {
            Value part = g.Gather(padded, g.Int64s([.. sources.Select(l => r < l.Count ? l[r] : indices.Length)]), axis);
            sum = sum is null ? part : g.Add(sum, part);
        }

        return sum ?? throw s.Refuse("it selects nothing, so there is no gradient");
    }

    /// <summary>The same with an index vector that may be computed at run time and may repeat or count from the end.</summary>
    public static Value ScatterAlong(this GradientScope s, Value dy, int axis, Value indices, long size)
    {
        long[] column = Enumerable.Repeat(1L, dy.Rank).ToArray();
        column[axis] = -1;
        Value everywhere = s.G.Emit("Expand", [s.G.Reshape(indices, column), s.G.ShapeOf(dy)]);
        return s.ScatterAdd(s.Zeros(dy.Shape.With(axis, size), dy.Type.Element, _ => dy), everywhere, dy, axis);
    }

    /// <summary>data with updates added at indices along an axis; repeated indices add up.</summary>
    public static Value ScatterAdd(this GradientScope s, Value data, Value indices, Value updates, int axis) =>
        s.G.Emit("ScatterElements", [data, indices, updates], NodeAttributes.Of(("axis", axis), ("reduction", "add")));
}
