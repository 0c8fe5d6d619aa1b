namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Reductions over axes.</summary>
internal static class ReductionOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        Reduce("ReduceSum", v => v.Sum()),
        Reduce("ReduceMean", v => v.Average()),
        Reduce("ReduceMax", v => v.Max()),
        Reduce("ReduceMin", v => v.Min()),
        Reduce("ReduceProd", v => v.Aggregate(1.0, (a, b) => a * b)),
        Reduce("ReduceL1", v => v.Sum(Math.Abs)),
        Reduce("ReduceL2", v => Math.Sqrt(v.Sum(x => x * x))),
        Reduce("ReduceSumSquare", v => v.Sum(x => x * x)),
        Reduce("ReduceLogSumExp", v => Math.Log(v.Sum(Math.Exp))),
        new("ArgMax", c => [Over(c[0], [c.Attributes.Int("axis", 0)], c.Attributes.Int("keepdims", 1) != 0, v => Array.IndexOf(v, v.Max())).As(ElementType.Int64)]),
        new("GlobalAveragePool", c => [Over(c[0], Spatial(c[0]), keep: true, v => v.Average())]),
        new("GlobalMaxPool", c => [Over(c[0], Spatial(c[0]), keep: true, v => v.Max())]),
        new("Softmax", c => [AlongAxis(c, v => Softmax(v))]),
        new("LogSoftmax", c => [AlongAxis(c, v => Array.ConvertAll(Softmax(v), Math.Log))]),
        new("CumSum", CumSum),
    ];

    /// <summary>Collects the elements of each group that differ in the given axes only, row-major, and reduces each.</summary>
    public static Tensor Over(Tensor x, IEnumerable<long> axes, bool keep, Func<double[], double> f)
    {
        HashSet<int> gone = [.. axes.Select(x.Axis)];
        long[] kept = [.. x.Shape.Select((d, i) => gone.Contains(i) ? 1 : d)];
        var groups = new List<double>[Tensor.Count(kept)];
        int at = 0;
        foreach (long[] index in Tensor.Indices(x.Shape))
        {
            long group = 0;
            for (int i = 0; i < kept.Length; i++) group = (group * kept[i]) + (gone.Contains(i) ? 0 : index[i]);
            (groups[group] ??= []).Add(x.Data[at++]);
        }

        long[] shape = [.. kept.Where((_, i) => keep || !gone.Contains(i))];
        return new Tensor(x.Element, shape, [.. groups.Select(g => f([.. g]))]);
    }

    /// <summary>Replaces each line along the axis attribute by a function of it.</summary>
    private static Tensor AlongAxis(Call c, Func<double[], double[]> f) => Lines(c[0], c[0].Axis(c.Attributes.Int("axis", -1)), f);

    private static Tensor Lines(Tensor x, int axis, Func<double[], double[]> f)
    {
        Tensor y = Tensor.Zeros(x.Element, x.Shape);
        int length = (int)x.Shape[axis], inner = (int)Tensor.Count(x.Shape.AsSpan(axis + 1));
        for (int outer = 0; outer < x.Length; outer += length * inner)
        {
            for (int i = outer; i < outer + inner; i++)
            {
                double[] line = f([.. Enumerable.Range(0, length).Select(k => x.Data[i + (k * inner)])]);
                for (int k = 0; k < length; k++) y.Data[i + (k * inner)] = line[k];
            }
        }

        return y;
    }

    private static double[] Softmax(double[] v)
    {
        double max = v.Max();
        double[] e = Array.ConvertAll(v, x => Math.Exp(x - max));
        double sum = e.Sum();
        return Array.ConvertAll(e, x => x / sum);
    }

    private static Tensor[] CumSum(Call c)
    {
        bool reverse = c.Attributes.Int("reverse", 0) != 0, exclusive = c.Attributes.Int("exclusive", 0) != 0;
        return
        [
            Lines(c[0], c[0].Axis((long)c[1].Data[0]), v =>
            {
                double[] line = reverse ? [.. v.Reverse()] : v, sums = new double[v.Length];
                double sum = 0;
                for (int i = 0; i < v.Length; i++)
                {
                    sums[i] = exclusive ? sum : sum + line[i];
                    sum += line[i];
                }

                return reverse ? [.. sums.Reverse()] : sums;
            }),
        ];
    }

    private static KeyValuePair<string, Func<Call, Tensor[]>> Reduce(string name, Func<double[], double> f) => new(name, c =>
    {
        long[] axes = c.Optional(1)?.Longs() ?? [];
        if (axes.Length == 0 && c.Attributes.Int("noop_with_empty_axes", 0) != 0) return [c[0]];
        if (axes.Length == 0) axes = [.. Enumerable.Range(0, c[0].Rank).Select(i => (long)i)];
        return [Over(c[0], axes, c.Attributes.Int("keepdims", 1) != 0, f)];
    });

    private static IEnumerable<long> Spatial(Tensor x) => Enumerable.Range(2, x.Rank - 2).Select(i => (long)i);
}
