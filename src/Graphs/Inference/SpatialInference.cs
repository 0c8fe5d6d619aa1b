namespace Pellucid.Graphs.Inference;

/// <summary>Convolution, pooling and padding over [B, C, spatial...].</summary>
internal static class SpatialInference
{
    public static IEnumerable<KeyValuePair<string, Func<InferenceContext, TensorType[]>>> Rules
    {
        get
        {
            yield return new("Conv", Conv);
            yield return new("ConvTranspose", ConvTranspose);
            yield return new("MaxPool", c => [Pool(c), new(ElementType.Int64, Pool(c).Shape)]);
            yield return new("AveragePool", c => [Pool(c)]);
            yield return new("GlobalAveragePool", c => [Global(c)]);
            yield return new("GlobalMaxPool", c => [Global(c)]);
            yield return new("Pad", Pad);
            yield return new("Resize", Resize);
        }
    }

    private static TensorType[] Conv(InferenceContext c)
    {
        TensorShape x = c.Shape(0), w = c.Shape(1);
        if (x.Rank != w.Rank || x.Rank < 3) throw c.Error("input and kernel need the same rank of at least 3");
        if (x[1] != TensorShape.Dynamic && x[1] != w[1] * c.Attributes.Int("group", 1)) throw c.Error($"{x[1]} channels do not fit kernel {w}");
        long[] kernel = c.Attributes.Ints("kernel_shape") ?? w.Dimensions[2..].ToArray();
        return [new(c.Element(0), [x[0], w[0], .. Window(c, x, kernel)])];
    }

    private static TensorType[] ConvTranspose(InferenceContext c)
    {
        TensorShape x = c.Shape(0), w = c.Shape(1);
        int n = x.Rank - 2;
        long[] kernel = c.Attributes.Ints("kernel_shape") ?? w.Dimensions[2..].ToArray();
        long[] strides = c.Attributes.Ints("strides") ?? Repeat(1, n), dilations = c.Attributes.Ints("dilations") ?? Repeat(1, n);
        long[] pads = c.Attributes.Ints("pads") ?? Repeat(0, 2 * n), extra = c.Attributes.Ints("output_padding") ?? Repeat(0, n);
        long[] spatial = new long[n];
        for (int i = 0; i < n; i++)
        {
            spatial[i] = x[i + 2] == TensorShape.Dynamic ? TensorShape.Dynamic
                : ((x[i + 2] - 1) * strides[i]) + extra[i] + ((kernel[i] - 1) * dilations[i]) + 1 - pads[i] - pads[i + n];
        }

        return [new(c.Element(0), [x[0], w[1] * c.Attributes.Int("group", 1), .. spatial])];
    }

    private static TensorType Pool(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] kernel = c.Attributes.Ints("kernel_shape") ?? throw c.Error("kernel_shape is missing");
        return new(c.Element(0), [x[0], x[1], .. Window(c, x, kernel)]);
    }

    private static TensorType Global(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        return new(c.Element(0), [x[0], x[1], .. Repeat(1, x.Rank - 2)]);
    }

    private static TensorType[] Pad(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        long[] pads = c.Int64s(1);
        int[] axes = c.Has(3) ? Array.ConvertAll(c.Int64s(3), a => c.Axis(a, x.Rank)) : Enumerable.Range(0, x.Rank).ToArray();
        long[] shape = x.ToArray();
        for (int i = 0; i < axes.Length; i++) if (shape[axes[i]] != TensorShape.Dynamic) shape[axes[i]] += pads[i] + pads[i + axes.Length];
        return [new(c.Element(0), new TensorShape(shape))];
    }

    /// <summary>Sizes (input 3) or scales (input 2), of all axes or of those that the attribute axes names.</summary>
    private static TensorType[] Resize(InferenceContext c)
    {
        TensorShape x = c.Shape(0);
        int[] axes = c.Attributes.Ints("axes") is { } named ? Array.ConvertAll(named, a => c.Axis(a, x.Rank)) : Enumerable.Range(0, x.Rank).ToArray();
        if (c.Attributes.String("keep_aspect_ratio_policy", "stretch") != "stretch") throw new InferenceContext.UnknownShapeException();
        long[] shape = x.ToArray();
        long[]? sizes = c.Has(3) ? c.Int64s(3) : null;
        float[]? scales = sizes is not null ? null : c.Constant(2) is { ElementType: ElementType.Float32 } t ? t.Floats.ToArray() : throw new InferenceContext.UnknownShapeException();
        if ((sizes?.Length ?? scales!.Length) != axes.Length) throw c.Error($"the sizes or scales do not fit {axes.Length} axes");
        for (int i = 0; i < axes.Length; i++)
        {
            long size = x[axes[i]];
            shape[axes[i]] = sizes is not null ? sizes[i] : size != TensorShape.Dynamic ? (long)Math.Floor(size * scales![i]) : scales![i] == 1f ? size : throw new InferenceContext.UnknownShapeException();
        }

        return [new(c.Element(0), new TensorShape(shape))];
    }

    private static long[] Window(InferenceContext c, TensorShape x, long[] kernel)
    {
        int n = x.Rank - 2;
        if (kernel.Length != n) throw c.Error($"a kernel of {kernel.Length} dimensions does not fit an input of {n} spatial ones");
        long[] strides = c.Attributes.Ints("strides") ?? Repeat(1, n), dilations = c.Attributes.Ints("dilations") ?? Repeat(1, n);
        long[] pads = c.Attributes.Ints("pads") ?? Repeat(0, 2 * n);
        string autoPad = c.Attributes.String("auto_pad", "NOTSET");
        bool ceil = c.Attributes.Int("ceil_mode", 0) != 0;
        long[] result = new long[n];
        for (int i = 0; i < n; i++)
        {
            long size = x[i + 2], extent = ((kernel[i] - 1) * dilations[i]) + 1;
            if (size == TensorShape.Dynamic)
            {
                result[i] = TensorShape.Dynamic;
                continue;
            }

            if (autoPad is "SAME_UPPER" or "SAME_LOWER")
            {
                result[i] = (size + strides[i] - 1) / strides[i];
                continue;
            }

            long room = size + (autoPad == "VALID" ? 0 : pads[i] + pads[i + n]) - extent;
            if (room < 0) throw c.Error($"a window of {extent} does not fit into {size} along spatial axis {i}");
            result[i] = (ceil ? (room + strides[i] - 1) / strides[i] : room / strides[i]) + 1;

            // A last window that starts in the right padding is dropped, as ONNX and PyTorch do.
            if (ceil && (result[i] - 1) * strides[i] >= size + pads[i]) result[i]--;
        }

        return result;
    }

    private static long[] Repeat(long value, int count)
    {
        long[] result = new long[count];
        Array.Fill(result, value);
        return result;
    }
}
