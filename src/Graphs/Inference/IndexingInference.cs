namespace Pellucid.Graphs.Inference;

/// <summary>Operators that read or write elements at indices.</summary>
internal static class IndexingInference
{
    public static IEnumerable<KeyValuePair<string, Func<InferenceContext, TensorType[]>>> Rules
    {
        get
        {
            yield return new("Gather", Gather);
            yield return new("GatherElements", c => [new(c.Element(0), c.Shape(1))]);
            yield return new("GatherND", GatherNd);
            yield return new("ScatterElements", c => [c.Type(0)]);
            yield return new("ScatterND", c => [c.Type(0)]);
            yield return new("Slice", Slice);
            yield return new("OneHot", OneHot);
            yield return new("Range", c => [new(c.Element(0), [TensorShape.Dynamic])]);
        }
    }

    private static TensorType[] Gather(InferenceContext c)
    {
        TensorShape data = c.Shape(0), indices = c.Shape(1);
        int axis = c.Axis(c.Attributes.Int("axis", 0), data.Rank);
        return [new(c.Element(0), [.. data.Dimensions[..axis].ToArray(), .. indices, .. data.Dimensions[(axis + 1)..].ToArray()])];
    }

    private static TensorType[] GatherNd(InferenceContext c)
    {
        TensorShape data = c.Shape(0), indices = c.Shape(1);
        int batch = (int)c.Attributes.Int("batch_dims", 0);
        long depth = indices[^1];
        if (depth == TensorShape.Dynamic) throw new InferenceContext.UnknownShapeException();
        return [new(c.Element(0), [.. indices.Dimensions[..^1].ToArray(), .. data.Dimensions[(batch + (int)depth)..].ToArray()])];
    }

    private static TensorType[] Slice(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] starts = c.Int64s(1), ends = c.Int64s(2);
        long[] axes = c.Has(3) ? c.Int64s(3) : Enumerable.Range(0, starts.Length).Select(i => (long)i).ToArray();
        long[] steps = c.Has(4) ? c.Int64s(4) : Enumerable.Repeat(1L, starts.Length).ToArray();
        long[] shape = x.ToArray();
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = c.Axis(axes[i], x.Rank);
            shape[axis] = x[axis] == TensorShape.Dynamic
                ? Unsliced(starts[i], ends[i], steps[i]) ? TensorShape.Dynamic : throw new InferenceContext.UnknownShapeException()
                : SliceRange.Of(starts[i], ends[i], steps[i], x[axis]).Count;
        }

        return [new(c.Element(0), new TensorShape(shape))];
    }

    private static bool Unsliced(long start, long end, long step) => start == 0 && step == 1 && end >= int.MaxValue;

    private static TensorType[] OneHot(InferenceContext c)
    {
        TensorShape indices = c.Shape(0);
        HostTensor depth = c.Constant(1) ?? throw new InferenceContext.UnknownShapeException();
        long raw = c.Attributes.Int("axis", -1);
        int axis = (int)(raw < 0 ? raw + indices.Rank + 1 : raw);
        List<long> shape = [.. indices];
        shape.Insert(axis, (long)depth.ToFloat32().Floats[0]);
        return [new(c.Element(2), new TensorShape(shape.ToArray()))];
    }
}
