namespace Pellucid.Graphs.Inference;

/// <summary>Reductions: axes come as input 1 in the canonical operator set.</summary>
internal static class ReductionInference
{
    public static IEnumerable<KeyValuePair<string, Func<InferenceContext, TensorType[]>>> Rules
    {
        get
        {
            foreach (string op in new[] { "Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp" })
                yield return new("Reduce" + op, Reduce);
            yield return new("ArgMax", Arg);
            yield return new("ArgMin", Arg);
            yield return new("TopK", TopK);
        }
    }

    private static TensorType[] Reduce(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] axes = c.Has(1) ? c.Int64s(1) : c.Attributes.Ints("axes") ?? [];
        if (axes.Length == 0)
        {
            if (c.Attributes.Int("noop_with_empty_axes", 0) != 0) return [c.Type(0)];
            axes = Enumerable.Range(0, x.Rank).Select(i => (long)i).ToArray();
        }

        return [new(c.Element(0), Without(c, x, axes, c.Attributes.Int("keepdims", 1) != 0))];
    }

    private static TensorType[] Arg(InferenceContext c) =>
        [new(ElementType.Int64, Without(c, c.Shape(0), [c.Attributes.Int("axis", 0)], c.Attributes.Int("keepdims", 1) != 0))];

    private static TensorType[] TopK(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        TensorShape shape = x.With(c.Axis(c.Attributes.Int("axis", -1), x.Rank), c.Int64s(1)[0]);
        return [new(c.Element(0), shape), new(ElementType.Int64, shape)];
    }

    private static TensorShape Without(InferenceContext c, TensorShape x, long[] axes, bool keep)
    {
        HashSet<int> gone = [.. axes.Select(a => c.Axis(a, x.Rank))];
        return new TensorShape(x.Select((d, i) => gone.Contains(i) ? 1 : d).Where((_, i) => keep || !gone.Contains(i)).ToArray());
    }
}
