namespace Pellucid.Graphs.Inference;

/// <summary>Matrix products and normalizations over the last axes.</summary>
internal static class LinearInference
{
    public static IEnumerable<KeyValuePair<string, Func<InferenceContext, TensorType[]>>> Rules
    {
        get
        {
            yield return new("MatMul", c => [Product(c, transposeA: false, transposeB: false)]);
            yield return new("com.microsoft.FusedMatMul", c => [Product(c, c.Attributes.Int("transA", 0) != 0, c.Attributes.Int("transB", 0) != 0)]);
            yield return new("Gemm", Gemm);
            yield return new("LayerNormalization", LayerNormalization);
            yield return new("BatchNormalization", c => [c.Type(0)]);
            yield return new("InstanceNormalization", c => [c.Type(0)]);
            yield return new("GroupNormalization", c => [c.Type(0)]);
        }
    }

    private static TensorType Product(InferenceContext c, bool transposeA, bool transposeB)
    {
        TensorShape a = c.Shape(0), b = c.Shape(1);
        if (a.Rank == 0 || b.Rank == 0) throw c.Error("a matrix product needs at least one dimension on both sides");
        bool vectorA = a.Rank == 1, vectorB = b.Rank == 1;
        if (vectorA) a = [1, a[0]];
        if (vectorB) b = [b[0], 1];
        (long rows, long inner) = transposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
        (long innerB, long columns) = transposeB ? (b[^1], b[^2]) : (b[^2], b[^1]);
        if (inner != innerB && inner != TensorShape.Dynamic && innerB != TensorShape.Dynamic)
            throw c.Error($"inner dimensions {inner} and {innerB} differ");
        TensorShape batch = Broadcasting.Combine(new(a.Dimensions[..^2]), new(b.Dimensions[..^2])) ?? throw c.Error("the batch dimensions do not broadcast");
        List<long> shape = [.. batch];
        if (!vectorA) shape.Add(rows);
        if (!vectorB) shape.Add(columns);
        return new TensorType(c.Element(0), new TensorShape(shape.ToArray()));
    }

    private static TensorType[] Gemm(InferenceContext c)
    {
        TensorShape a = c.Shape(0), b = c.Shape(1);
        if (a.Rank != 2 || b.Rank != 2) throw c.Error("Gemm needs two matrices");
        bool ta = c.Attributes.Int("transA", 0) != 0, tb = c.Attributes.Int("transB", 0) != 0;
        long inner = ta ? a[0] : a[1], innerB = tb ? b[1] : b[0];
        if (inner != innerB && inner != TensorShape.Dynamic && innerB != TensorShape.Dynamic) throw c.Error($"inner dimensions {inner} and {innerB} differ");
        return [new(c.Element(0), [ta ? a[1] : a[0], tb ? b[0] : b[1]])];
    }

    private static TensorType[] LayerNormalization(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis", -1), x.Rank);
        long[] reduced = x.ToArray();
        for (int i = axis; i < reduced.Length; i++) reduced[i] = 1;
        var statistics = new TensorType(ElementType.Float32, new TensorShape(reduced));
        return [c.Type(0), statistics, statistics];
    }
}
