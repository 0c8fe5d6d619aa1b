namespace Pellucid.Graphs.Inference;

/// <summary>Operators that move elements without changing them.</summary>
internal static class LayoutInference
{
    public static IEnumerable<KeyValuePair<string, Func<InferenceContext, TensorType[]>>> Rules
    {
        get
        {
            yield return new("Reshape", c => [new(c.Element(0), Reshape(c))]);
            yield return new("Transpose", Transpose);
            yield return new("Squeeze", Squeeze);
            yield return new("Unsqueeze", Unsqueeze);
            yield return new("Flatten", Flatten);
            yield return new("Concat", Concat);
            yield return new("Split", Split);
            yield return new("Expand", Expand);
            yield return new("Tile", Tile);
            yield return new("Shape", Shape);
            yield return new("Size", _ => [new(ElementType.Int64, TensorShape.Scalar)]);
            yield return new("ConstantOfShape", c => [new(c.Attributes.Tensor("value")?.ElementType ?? ElementType.Float32, new TensorShape(c.Dimensions(0)))]);
            yield return new("DepthToSpace", c => DepthToSpace(c));
        }
    }

    /// <summary>The part of a shape that the Shape operator returns, with its clamping rules applied.</summary>
    public static (int Start, int End) ShapeRange(NodeAttributes attributes, int rank)
    {
        long start = attributes.Int("start", 0), end = attributes.Int("end", rank);
        start = Math.Clamp(start < 0 ? start + rank : start, 0, rank);
        end = Math.Clamp(end < 0 ? end + rank : end, start, rank);
        return ((int)start, (int)end);
    }

    private static TensorType[] Shape(InferenceContext c)
    {
        (int start, int end) = ShapeRange(c.Attributes, c.Shape(0).Rank);
        return [new(ElementType.Int64, [end - start])];
    }

    private static TensorShape Reshape(InferenceContext c)
    {
        long[] target = c.Dimensions(1);
        TensorShape? known = c.Type(0).Shape;
        bool zeroCopies = c.Attributes.Int("allowzero", 0) == 0;
        for (int i = 0; i < target.Length; i++)
        {
            if (target[i] == 0 && zeroCopies) target[i] = (known ?? throw new InferenceContext.UnknownShapeException())[i];
        }

        int hole = Array.IndexOf(target, -1L);
        if (known is null) return new TensorShape(target);
        if (!known.IsFixed) return new TensorShape(Infer(known, target));
        if (c.Constant(1) is null && target.Count(d => d == TensorShape.Dynamic) > 1) return new TensorShape(target);
        long count = known.ElementCount();
        long rest = 1;
        for (int i = 0; i < target.Length; i++) if (i != hole) rest *= target[i];
        if (hole >= 0 && rest > 0 && count % rest == 0) target[hole] = count / rest;
        var shape = new TensorShape(target);
        if (!shape.IsFixed || shape.ElementCount() != count) throw c.Error($"{known} cannot be reshaped to {shape}");
        return shape;
    }

    /// <summary>With one dynamic input dimension, a hole in the target is fixed exactly where a known factor would remain.</summary>
    private static long[] Infer(TensorShape known, long[] target)
    {
        // [?, a, b] to [-1, a*b]: the hole stays dynamic. [?, a, b] copied by 0 or -1 elsewhere: a second hole can be computed.
        int[] holes = Enumerable.Range(0, target.Length).Where(i => target[i] == -1).ToArray();
        if (holes.Length != 2) return target;
        long knownRest = 1, targetRest = 1;
        foreach (long d in known) if (d > 0) knownRest *= d;
        foreach (long d in target) if (d > 0) targetRest *= d;
        if (targetRest > 0 && knownRest % targetRest == 0) target[holes[1]] = knownRest / targetRest;
        return target;
    }

    private static TensorType[] Transpose(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] order = c.Attributes.Ints("perm") ?? Enumerable.Range(0, x.Rank).Reverse().Select(i => (long)i).ToArray();
        if (order.Length != x.Rank) throw c.Error($"a permutation of {order.Length} axes does not fit {x}");
        return [new(c.Element(0), new TensorShape(order.Select(i => x[(int)i]).ToArray()))];
    }

    private static TensorType[] Squeeze(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        HashSet<int> axes = c.Has(1)
            ? [.. c.Int64s(1).Select(a => c.Axis(a, x.Rank))]
            : [.. Enumerable.Range(0, x.Rank).Where(i => x[i] == 1)];
        foreach (int axis in axes) if (x[axis] is not (1 or TensorShape.Dynamic)) throw c.Error($"axis {axis} of {x} is not 1");
        return [new(c.Element(0), new TensorShape(x.Where((_, i) => !axes.Contains(i)).ToArray()))];
    }

    private static TensorType[] Unsqueeze(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] raw = c.Int64s(1);
        int rank = x.Rank + raw.Length;
        HashSet<int> axes = [.. raw.Select(a => c.Axis(a, rank))];
        long[] shape = new long[rank];
        for (int i = 0, from = 0; i < rank; i++) shape[i] = axes.Contains(i) ? 1 : x[from++];
        return [new(c.Element(0), new TensorShape(shape))];
    }

    private static TensorType[] Flatten(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long raw = c.Attributes.Int("axis", 1);
        int axis = (int)(raw < 0 ? raw + x.Rank : raw);
        return [new(c.Element(0), [Count(x.Dimensions[..axis]), Count(x.Dimensions[axis..])])];
    }

    private static long Count(ReadOnlySpan<long> dimensions)
    {
        long count = 1;
        foreach (long d in dimensions)
        {
            if (d == TensorShape.Dynamic) return TensorShape.Dynamic;
            count *= d;
        }

        return count;
    }

    private static TensorType[] Concat(InferenceContext c)
    {
        long[] shape = c.Shape(0).ToArray();
        int axis = c.Axis(c.Attributes.Int("axis", 0), shape.Length);
        for (int i = 1; i < c.Node.Inputs.Length; i++)
        {
            TensorShape next = c.Shape(i);
            if (next.Rank != shape.Length) throw c.Error("the ranks differ");
            for (int d = 0; d < shape.Length; d++)
            {
                if (d == axis) shape[d] = shape[d] < 0 || next[d] < 0 ? TensorShape.Dynamic : shape[d] + next[d];
                else if (shape[d] == TensorShape.Dynamic) shape[d] = next[d];
                else if (next[d] != TensorShape.Dynamic && next[d] != shape[d]) throw c.Error($"axis {d} differs: {shape[d]} and {next[d]}");
            }
        }

        return [new(c.Element(0), new TensorShape(shape))];
    }

    private static TensorType[] Split(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis", 0), x.Rank);
        int parts = c.Node.Outputs.Length;
        long chunk = (x[axis] + parts - 1) / parts;
        long[]? sizes = c.Has(1) ? c.Int64s(1) : null;
        return [.. Enumerable.Range(0, parts).Select(i => new TensorType(c.Element(0), x.With(axis, sizes is not null
            ? sizes[i]
            : x[axis] == TensorShape.Dynamic ? TensorShape.Dynamic : Math.Min(chunk, x[axis] - (i * chunk)))))];
    }

    private static TensorType[] Expand(InferenceContext c)
    {
        long[] target = c.Dimensions(1);
        TensorShape shape = Broadcasting.Combine(c.Shape(0), new TensorShape(target)) ?? throw c.Error($"{c.Shape(0)} does not broadcast to {new TensorShape(target)}");
        return [new(c.Element(0), shape)];
    }

    private static TensorType[] Tile(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] repeats = c.Int64s(1);
        return [new(c.Element(0), new TensorShape(x.Select((d, i) => d == TensorShape.Dynamic ? d : d * repeats[i]).ToArray()))];
    }

    private static TensorType[] DepthToSpace(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long b = c.Attributes.Int("blocksize", 1);
        return [new(c.Element(0), [x[0], x[1] / (b * b), x[2] * b, x[3] * b])];
    }
}
