namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Matrix products.</summary>
internal static class MatrixOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        new("MatMul", c => [Product(c[0], c[1])]),
        new("com.microsoft.FusedMatMul", c =>
        {
            double alpha = c.Attributes.Float("alpha", 1f);
            Tensor a = c.Attributes.Int("transA", 0) != 0 ? Swap(c[0]) : c[0];
            Tensor b = c.Attributes.Int("transB", 0) != 0 ? Swap(c[1]) : c[1];
            return [Product(a, b).Map(v => alpha * v)];
        }),
        new("Gemm", Gemm),
    ];

    /// <summary>The last two axes exchanged.</summary>
    public static Tensor Swap(Tensor x)
    {
        long[] shape = (long[])x.Shape.Clone();
        (shape[^1], shape[^2]) = (shape[^2], shape[^1]);
        long[] own = new long[x.Rank];
        return Tensor.Of(x.Element, shape, index =>
        {
            index.CopyTo(own, 0);
            (own[^1], own[^2]) = (own[^2], own[^1]);
            return x[own];
        });
    }

    private static Tensor Product(Tensor a, Tensor b)
    {
        bool vectorA = a.Rank == 1, vectorB = b.Rank == 1;
        if (vectorA) a = a.Reshape(1, a.Length);
        if (vectorB) b = b.Reshape(b.Length, 1);
        if (a.Shape[^1] != b.Shape[^2]) throw new InvalidOperationException($"inner dimensions of {a} and {b} differ");
        long[] batch = Tensor.Common(Tensor.Zeros(a.Element, a.Shape[..^2]), Tensor.Zeros(b.Element, b.Shape[..^2]));
        int rows = (int)a.Shape[^2], inner = (int)a.Shape[^1], columns = (int)b.Shape[^1];
        a = a.BroadcastTo([.. batch, rows, inner]);
        b = b.BroadcastTo([.. batch, inner, columns]);
        Tensor y = Tensor.Zeros(a.Element, [.. batch, rows, columns]);
        for (int m = 0; m < Tensor.Count(batch); m++)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    double sum = 0;
                    for (int k = 0; k < inner; k++) sum += a.Data[(((m * rows) + i) * inner) + k] * b.Data[(((m * inner) + k) * columns) + j];
                    y.Data[(((m * rows) + i) * columns) + j] = sum;
                }
            }
        }

        return y.Reshape([.. batch, .. vectorA ? [] : new long[] { rows }, .. vectorB ? [] : new long[] { columns }]);
    }

    private static Tensor[] Gemm(Call c)
    {
        double alpha = c.Attributes.Float("alpha", 1f), beta = c.Attributes.Float("beta", 1f);
        Tensor a = c.Attributes.Int("transA", 0) != 0 ? Swap(c[0]) : c[0];
        Tensor b = c.Attributes.Int("transB", 0) != 0 ? Swap(c[1]) : c[1];
        Tensor y = Product(a, b).Map(v => alpha * v);
        if (!c.Has(2)) return [y];
        Tensor bias = c[2].BroadcastTo(y.Shape);
        return [new Tensor(y.Element, y.Shape, [.. y.Data.Select((v, i) => v + (beta * bias.Data[i]))])];
    }
}
