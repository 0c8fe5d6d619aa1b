namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Convolutions, by their sums.</summary>
internal static class ConvolutionOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        new("Conv", Conv),
        new("ConvTranspose", ConvTranspose),
    ];

    private static Tensor[] Conv(Call c)
    {
        Tensor x = c[0], w = c[1];
        int n = x.Rank - 2;
        var window = new Windows(c, w.Shape[2..]);
        long group = c.Attributes.Int("group", 1), perGroup = w.Shape[0] / group;
        long[] size = x.Shape[2..], position = new long[n];
        long spatial = Tensor.Count(size), kernelSize = Tensor.Count(window.Kernel);
        Tensor y = Tensor.Zeros(x.Element, [x.Shape[0], w.Shape[0], .. window.Output]);
        long[][] kernel = [.. Tensor.Indices(window.Kernel).Select(k => (long[])k.Clone())];
        int at = 0;
        foreach (long[] index in Tensor.Indices(y.Shape))
        {
            double sum = c.Optional(2)?.Data[index[1]] ?? 0;
            for (int k = 0; k < kernel.Length; k++)
            {
                window.Position(index.AsSpan(2), kernel[k], position);
                if (!Windows.Inside(position, size)) continue;
                long offset = Offset(position, size);
                for (long channel = 0; channel < w.Shape[1]; channel++)
                {
                    long from = (index[1] / perGroup * w.Shape[1]) + channel;
                    sum += w.Data[(((index[1] * w.Shape[1]) + channel) * kernelSize) + k] * x.Data[(((index[0] * x.Shape[1]) + from) * spatial) + offset];
                }
            }

            y.Data[at++] = sum;
        }

        return [y];
    }

    private static Tensor[] ConvTranspose(Call c)
    {
        Tensor x = c[0], w = c[1];
        int n = x.Rank - 2;
        var window = new Windows(new Call(c.Node with { Attributes = c.Attributes.Without("pads") }, [Tensor.Zeros(x.Element, [1, 1, .. w.Shape[2..].Select(k => k * 100)])]), w.Shape[2..]);
        long[] pads = c.Attributes.Ints("pads") ?? new long[2 * n], extra = c.Attributes.Ints("output_padding") ?? new long[n];
        long group = c.Attributes.Int("group", 1), perGroup = x.Shape[1] / group;
        long[] size = [.. Enumerable.Range(0, n).Select(i =>
            ((x.Shape[i + 2] - 1) * window.Strides[i]) + extra[i] + ((w.Shape[i + 2] - 1) * window.Dilations[i]) + 1 - pads[i] - pads[i + n])];
        for (int i = 0; i < n; i++)
        {
            if (extra[i] >= Math.Max(window.Strides[i], window.Dilations[i])) throw new InvalidOperationException("output_padding must be smaller than stride or dilation");
        }

        Tensor y = Tensor.Zeros(x.Element, [x.Shape[0], w.Shape[1] * group, .. size]);
        long[] position = new long[n];
        foreach (long[] index in Tensor.Indices(x.Shape))
        {
            foreach (long[] k in Tensor.Indices(window.Kernel))
            {
                window.Position(index.AsSpan(2), k, position);
                for (int i = 0; i < n; i++) position[i] -= pads[i];
                if (!Windows.Inside(position, size)) continue;
                for (long channel = 0; channel < w.Shape[1]; channel++)
                    y[[index[0], (index[1] / perGroup * w.Shape[1]) + channel, .. position]] += x[index] * w[[index[1], channel, .. k]];
            }
        }

        if (!c.Has(2)) return [y];
        return [Tensor.Of(y.Element, y.Shape, i => y[i] + c[2].Data[i[1]])];
    }

    private static long Offset(long[] position, long[] size)
    {
        long offset = 0;
        for (int i = 0; i < size.Length; i++) offset = (offset * size[i]) + position[i];
        return offset;
    }
}
