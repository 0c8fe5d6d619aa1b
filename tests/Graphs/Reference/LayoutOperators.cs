namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Operators that rename, permute, join or repeat axes, and those about shapes.</summary>
internal static class LayoutOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        new("Reshape", Reshape),
        new("Flatten", Flatten),
        new("Squeeze", Squeeze),
        new("Unsqueeze", Unsqueeze),
        new("Transpose", Transpose),
        new("Concat", c => [Concat([.. c.All], c[0].Axis(c.Attributes.Int("axis", 0)))]),
        new("Split", Split),
        new("Expand", c => [c[0].BroadcastTo(Tensor.Common(c[0], Tensor.Zeros(ElementType.Bool, c[1].Longs())))]),
        new("Tile", Tile),
        new("Trilu", Trilu),
        new("Shape", Shape),
        new("ConstantOfShape", ConstantOfShape),
        new("Range", c => [Tensor.Int64([Math.Max(0, (long)Math.Ceiling((c[1].Data[0] - c[0].Data[0]) / c[2].Data[0]))]
            , [.. Enumerable.Range(0, (int)Math.Max(0, Math.Ceiling((c[1].Data[0] - c[0].Data[0]) / c[2].Data[0]))).Select(i => (long)(c[0].Data[0] + (i * c[2].Data[0])))])]),
    ];

    /// <summary>A part of a tensor along one axis.</summary>
    public static Tensor Part(Tensor x, int axis, long start, long length)
    {
        long[] shape = (long[])x.Shape.Clone(), own = new long[x.Rank];
        shape[axis] = length;
        return Tensor.Of(x.Element, shape, index =>
        {
            index.CopyTo(own, 0);
            own[axis] += start;
            return x[own];
        });
    }

    private static Tensor[] Reshape(Call c)
    {
        long[] shape = c[1].Longs();
        if (c.Attributes.Int("allowzero", 0) == 0)
        {
            for (int i = 0; i < shape.Length; i++) if (shape[i] == 0) shape[i] = c[0].Shape[i];
        }

        int hole = Array.IndexOf(shape, -1);
        if (hole >= 0)
        {
            shape[hole] = 1;
            shape[hole] = c[0].Length / Tensor.Count(shape);
        }

        return [c[0].Reshape(shape)];
    }

    private static Tensor[] Flatten(Call c)
    {
        int axis = c[0].Axis(c.Attributes.Int("axis", 1));
        return [c[0].Reshape(Tensor.Count(c[0].Shape.AsSpan(0, axis)), Tensor.Count(c[0].Shape.AsSpan(axis)))];
    }

    private static Tensor[] Squeeze(Call c)
    {
        HashSet<int> axes = c.Has(1) ? [.. c[1].Longs().Select(c[0].Axis)] : [.. Enumerable.Range(0, c[0].Rank).Where(i => c[0].Shape[i] == 1)];
        return [c[0].Reshape([.. c[0].Shape.Where((_, i) => !axes.Contains(i))])];
    }

    private static Tensor[] Unsqueeze(Call c)
    {
        int rank = c[0].Rank + c[1].Length;
        HashSet<long> axes = [.. c[1].Longs().Select(a => a < 0 ? a + rank : a)];
        var rest = new Queue<long>(c[0].Shape);
        return [c[0].Reshape([.. Enumerable.Range(0, rank).Select(i => axes.Contains(i) ? 1 : rest.Dequeue())])];
    }

    private static Tensor[] Transpose(Call c)
    {
        Tensor x = c[0];
        long[] order = c.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, x.Rank).Reverse().Select(i => (long)i)];
        long[] own = new long[x.Rank];
        return
        [
            Tensor.Of(x.Element, [.. order.Select(a => x.Shape[a])], index =>
            {
                for (int i = 0; i < own.Length; i++) own[order[i]] = index[i];
                return x[own];
            }),
        ];
    }

    private static Tensor Concat(Tensor[] parts, int axis)
    {
        long[] shape = (long[])parts[0].Shape.Clone();
        shape[axis] = parts.Sum(p => p.Shape[axis]);
        Tensor y = Tensor.Zeros(parts[0].Element, shape);
        long start = 0;
        foreach (Tensor part in parts)
        {
            long[] target = new long[part.Rank];
            foreach (long[] index in Tensor.Indices(part.Shape))
            {
                index.CopyTo(target, 0);
                target[axis] += start;
                y[target] = part[index];
            }

            start += part.Shape[axis];
        }

        return y;
    }

    private static Tensor[] Split(Call c)
    {
        int axis = c[0].Axis(c.Attributes.Int("axis", 0)), count = c.Node.Outputs.Length;
        long whole = c[0].Shape[axis], chunk = (whole + count - 1) / count;
        long[] lengths = c.Has(1) ? c[1].Longs() : [.. Enumerable.Range(0, count).Select(i => Math.Min(chunk, whole - (i * chunk)))];
        return [.. lengths.Select((length, i) => Part(c[0], axis, lengths.Take(i).Sum(), length))];
    }

    private static Tensor[] Tile(Call c)
    {
        Tensor x = c[0];
        long[] own = new long[x.Rank];
        return
        [
            Tensor.Of(x.Element, [.. x.Shape.Zip(c[1].Longs(), (d, r) => d * r)], index =>
            {
                for (int i = 0; i < own.Length; i++) own[i] = index[i] % x.Shape[i];
                return x[own];
            }),
        ];
    }

    private static Tensor[] Trilu(Call c)
    {
        bool upper = c.Attributes.Int("upper", 1) != 0;
        double k = c.Optional(1)?.Data[0] ?? 0;
        Tensor x = c[0];
        return [Tensor.Of(x.Element, x.Shape, i => (upper ? i[^1] - i[^2] >= k : i[^1] - i[^2] <= k) ? x[i] : 0)];
    }

    private static Tensor[] Shape(Call c)
    {
        int rank = c[0].Rank;
        int Bound(long axis) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
        long[] part = c[0].Shape[Bound(c.Attributes.Int("start", 0))..Bound(c.Attributes.Int("end", rank))];
        return [Tensor.Int64([part.Length], part)];
    }

    private static Tensor[] ConstantOfShape(Call c)
    {
        Tensor value = c.Attributes.Tensor("value") is { } t ? Tensor.From(t) : Tensor.Scalar(0);
        return [Tensor.Of(value.Element, c[0].Longs(), _ => value.Data[0])];
    }
}
