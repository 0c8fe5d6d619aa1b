namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Operators that read or write elements at indices.</summary>
internal static class IndexOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        new("Slice", Slice),
        new("Gather", Gather),
        new("GatherElements", GatherElements),
        new("GatherND", GatherNd),
        new("ScatterElements", ScatterElements),
        new("ScatterND", ScatterNd),
        new("Pad", Pad),
    ];

    private static Tensor[] Slice(Call c)
    {
        Tensor x = c[0];
        long[] starts = c[1].Longs(), ends = c[2].Longs();
        long[] axes = c.Optional(3)?.Longs() ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = c.Optional(4)?.Longs() ?? [.. starts.Select(_ => 1L)];
        long[][] taken = [.. x.Shape.Select(d => Enumerable.Range(0, (int)d).Select(i => (long)i).ToArray())];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = x.Axis(axes[i]);
            long size = x.Shape[axis], start = starts[i] < 0 ? starts[i] + size : starts[i], end = ends[i] < 0 ? ends[i] + size : ends[i];
            var positions = new List<long>();
            if (steps[i] > 0) for (long p = Math.Clamp(start, 0, size); p < Math.Min(end, size); p += steps[i]) positions.Add(p);
            else for (long p = Math.Clamp(start, 0, size - 1); p > Math.Max(end, -1); p += steps[i]) positions.Add(p);
            taken[axis] = [.. positions];
        }

        long[] own = new long[x.Rank];
        return
        [
            Tensor.Of(x.Element, [.. taken.Select(t => (long)t.Length)], index =>
            {
                for (int i = 0; i < own.Length; i++) own[i] = taken[i][index[i]];
                return x[own];
            }),
        ];
    }

    private static Tensor[] Gather(Call c)
    {
        Tensor x = c[0], indices = c[1];
        int axis = x.Axis(c.Attributes.Int("axis", 0));
        long[] shape = [.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]];
        return
        [
            Tensor.Of(x.Element, shape, index =>
            {
                double at = indices[index[axis..(axis + indices.Rank)]];
                return x[[.. index[..axis], Positive(at, x.Shape[axis]), .. index[(axis + indices.Rank)..]]];
            }),
        ];
    }

    private static Tensor[] GatherElements(Call c)
    {
        Tensor x = c[0], indices = c[1];
        int axis = x.Axis(c.Attributes.Int("axis", 0));
        return [Tensor.Of(x.Element, indices.Shape, index => x[Moved(index, axis, Positive(indices[index], x.Shape[axis]))])];
    }

    private static Tensor[] GatherNd(Call c)
    {
        Tensor x = c[0], indices = c[1];
        int batch = (int)c.Attributes.Int("batch_dims", 0), depth = (int)indices.Shape[^1];
        int lead = indices.Rank - 1;
        long[] shape = [.. indices.Shape[..lead], .. x.Shape[(batch + depth)..]];
        return
        [
            Tensor.Of(x.Element, shape, index =>
            {
                long[] tuple = [.. Enumerable.Range(0, depth).Select(d => Positive(indices[[.. index[..lead], d]], x.Shape[batch + d]))];
                return x[[.. index[..batch], .. tuple, .. index[lead..]]];
            }),
        ];
    }

    private static Tensor[] ScatterElements(Call c)
    {
        Tensor y = new(c[0].Element, c[0].Shape, (double[])c[0].Data.Clone());
        Tensor indices = c[1], updates = c[2];
        if (!indices.Shape.AsSpan().SequenceEqual(updates.Shape)) throw new InvalidOperationException("indices and updates differ in shape");
        int axis = y.Axis(c.Attributes.Int("axis", 0));
        bool add = c.Attributes.String("reduction", "none") == "add";
        foreach (long[] index in Tensor.Indices(indices.Shape))
        {
            long[] target = Moved(index, axis, Positive(indices[index], y.Shape[axis]));
            y[target] = updates[index] + (add ? y[target] : 0);
        }

        return [y];
    }

    private static Tensor[] ScatterNd(Call c)
    {
        Tensor y = new(c[0].Element, c[0].Shape, (double[])c[0].Data.Clone());
        Tensor indices = c[1], updates = c[2];
        int lead = indices.Rank - 1, depth = (int)indices.Shape[^1];
        bool add = c.Attributes.String("reduction", "none") == "add";
        long[] expected = [.. indices.Shape[..lead], .. y.Shape[depth..]];
        if (!expected.AsSpan().SequenceEqual(updates.Shape)) throw new InvalidOperationException($"updates {updates}, expected [{string.Join(',', expected)}]");
        foreach (long[] index in Tensor.Indices(updates.Shape))
        {
            long[] tuple = [.. Enumerable.Range(0, depth).Select(d => Positive(indices[[.. index[..lead], d]], y.Shape[d]))];
            long[] target = [.. tuple, .. index[lead..]];
            y[target] = updates[index] + (add ? y[target] : 0);
        }

        return [y];
    }

    private static Tensor[] Pad(Call c)
    {
        Tensor x = c[0];
        long[] pads = c[1].Longs(), before = new long[x.Rank], shape = (long[])x.Shape.Clone(), own = new long[x.Rank];
        int[] axes = c.Has(3) ? [.. c[3].Longs().Select(x.Axis)] : [.. Enumerable.Range(0, x.Rank)];
        for (int i = 0; i < axes.Length; i++)
        {
            before[axes[i]] = pads[i];
            shape[axes[i]] += pads[i] + pads[i + axes.Length];
        }

        string mode = c.Attributes.String("mode", "constant");
        double constant = c.Optional(2)?.Data[0] ?? 0;
        return
        [
            Tensor.Of(x.Element, shape, index =>
            {
                for (int i = 0; i < own.Length; i++)
                {
                    long at = index[i] - before[i], size = x.Shape[i];
                    if (mode == "constant" && (at < 0 || at >= size)) return constant;
                    if (mode == "edge") at = Math.Clamp(at, 0, size - 1);
                    if (mode == "wrap") at = ((at % size) + size) % size;
                    while (mode == "reflect" && (at < 0 || at >= size)) at = at < 0 ? -at : (2 * (size - 1)) - at;
                    own[i] = at;
                }

                return x[own];
            }),
        ];
    }

    private static long Positive(double index, long size) => (long)(index < 0 ? index + size : index);

    private static long[] Moved(long[] index, int axis, long to)
    {
        long[] moved = (long[])index.Clone();
        moved[axis] = to;
        return moved;
    }
}
