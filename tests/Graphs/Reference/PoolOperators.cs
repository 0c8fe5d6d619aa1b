namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Pooling windows.</summary>
internal static class PoolOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        new("MaxPool", MaxPool),
        new("AveragePool", AveragePool),
    ];

    private static Tensor[] MaxPool(Call c)
    {
        Tensor x = c[0];
        var window = new Windows(c, c.Attributes.Ints("kernel_shape")!);
        long[] shape = [.. x.Shape[..2], .. window.Output], position = new long[x.Rank - 2];
        Tensor y = Tensor.Zeros(x.Element, shape), indices = Tensor.Zeros(ElementType.Int64, shape);
        foreach (long[] index in Tensor.Indices(shape))
        {
            double best = double.NegativeInfinity;
            foreach (long[] k in Tensor.Indices(window.Kernel))
            {
                window.Position(index.AsSpan(2), k, position);
                if (!Windows.Inside(position, x.Shape.AsSpan(2))) continue;
                long[] at = [index[0], index[1], .. position];
                if (x[at] <= best) continue;
                best = x[at];
                long flat = 0;
                for (int i = 0; i < at.Length; i++) flat = (flat * x.Shape[i]) + at[i];
                indices[index] = flat;
            }

            y[index] = best;
        }

        return [y, indices];
    }

    private static Tensor[] AveragePool(Call c)
    {
        Tensor x = c[0];
        var window = new Windows(c, c.Attributes.Ints("kernel_shape")!);
        bool padding = c.Attributes.Int("count_include_pad", 0) != 0;
        long[] position = new long[x.Rank - 2], shifted = new long[x.Rank - 2];
        long[] padded = [.. x.Shape[2..].Select((d, i) => d + window.Begin[i] + window.End[i])];
        return
        [
            Tensor.Of(x.Element, [.. x.Shape[..2], .. window.Output], index =>
            {
                double sum = 0;
                int count = 0;
                foreach (long[] k in Tensor.Indices(window.Kernel))
                {
                    window.Position(index.AsSpan(2), k, position);
                    for (int i = 0; i < position.Length; i++) shifted[i] = position[i] + window.Begin[i];
                    bool inside = Windows.Inside(position, x.Shape.AsSpan(2));
                    if (inside) sum += x[[index[0], index[1], .. position]];
                    if (inside || (padding && Windows.Inside(shifted, padded))) count++;
                }

                return sum / count;
            }),
        ];
    }
}
