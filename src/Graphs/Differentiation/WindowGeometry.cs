namespace Pellucid.Graphs.Differentiation;

/// <summary>How a convolution or pooling window walks over the spatial axes: attributes with their defaults filled in.</summary>
/// <param name="Kernel">Elements of the window along each axis.</param>
/// <param name="Strides">Distance between windows.</param>
/// <param name="Dilations">Distance between elements of a window.</param>
/// <param name="Begin">Padding before; never negative.</param>
/// <param name="End">Padding after; never negative.</param>
/// <param name="Input">Spatial dimensions of the input, which may be dynamic.</param>
/// <param name="Output">Spatial dimensions of the output, which may be dynamic.</param>
internal sealed record WindowGeometry(long[] Kernel, long[] Strides, long[] Dilations, long[] Begin, long[] End, long[] Input, long[] Output)
{
    /// <summary>Number of spatial axes.</summary>
    public int Axes => Kernel.Length;

    /// <summary>Whether all spatial dimensions are known.</summary>
    public bool IsFixed => !Input.Contains(TensorShape.Dynamic) && !Output.Contains(TensorShape.Dynamic);

    /// <summary>Whether the windows lie side by side and cover the input exactly: patches.</summary>
    public bool IsTiling => IsFixed && All(i => Kernel[i] == Strides[i] && Dilations[i] == 1 && Begin[i] == 0 && End[i] == 0 && Input[i] == Output[i] * Kernel[i]);

    /// <summary>Whether every stride is 1.</summary>
    public bool IsDense => All(i => Strides[i] == 1);

    /// <summary>Reads a node's attributes.</summary>
    /// <exception cref="GraphException">Automatic padding of an input whose size is not known.</exception>
    public static WindowGeometry Of(GradientScope s, long[] kernel)
    {
        int n = kernel.Length;
        long[] input = [.. s.Input(0).Shape.Skip(2)], output = [.. s.Output().Shape.Skip(2)];
        long[] strides = s.Attributes.Ints("strides") ?? Repeat(1, n), dilations = s.Attributes.Ints("dilations") ?? Repeat(1, n);
        long[] pads = s.Attributes.Ints("pads") ?? Repeat(0, 2 * n);
        long[] begin = pads[..n], end = pads[n..];
        string auto = s.Attributes.String("auto_pad", "NOTSET");
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            for (int i = 0; i < n; i++)
            {
                if (input[i] == TensorShape.Dynamic) throw s.Refuse($"auto_pad {auto} needs a fixed image size; import the model with one");
                long total = Math.Max(0, ((output[i] - 1) * strides[i]) + ((kernel[i] - 1) * dilations[i]) + 1 - input[i]);
                (begin[i], end[i]) = auto == "SAME_UPPER" ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
            }
        }
        else if (auto == "VALID")
        {
            (begin, end) = (Repeat(0, n), Repeat(0, n));
        }

        return new WindowGeometry(kernel, strides, dilations, begin, end, input, output);
    }

    /// <summary>Elements that a window spans along an axis, gaps included.</summary>
    public long Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

    /// <summary>
    /// Attributes of the ConvTranspose that carries values of the output back to the input: its result has exactly the
    /// input's size, by cropping less or more at the end.
    /// </summary>
    public NodeAttributes Transposed(long group)
    {
        long[] pads = [.. Begin, .. End], extra = Repeat(0, Axes);
        for (int i = 0; i < Axes; i++)
        {
            long beyond = ((Output[i] - 1) * Strides[i]) + Extent(i) - Begin[i] - Input[i];
            pads[i + Axes] = Math.Max(0, beyond);
            extra[i] = Math.Max(0, -beyond);
        }

        return NodeAttributes.Of(
            ("kernel_shape", Kernel), ("strides", Strides), ("dilations", Dilations), ("pads", pads), ("output_padding", extra), ("group", group));
    }

    /// <summary>
    /// Attributes of the ordinary convolution (with a flipped kernel) that does the same where every stride is 1, or null
    /// where it would need negative padding.
    /// </summary>
    public NodeAttributes? Flipped(long group)
    {
        if (!IsDense || !All(i => Extent(i) > Begin[i] && Extent(i) > End[i])) return null;
        long[] pads = [.. Enumerable.Range(0, Axes).Select(i => Extent(i) - 1 - Begin[i]), .. Enumerable.Range(0, Axes).Select(i => Extent(i) - 1 - End[i])];
        return NodeAttributes.Of(("kernel_shape", Kernel), ("dilations", Dilations), ("pads", pads), ("group", group));
    }

    /// <summary>A list of one value.</summary>
    public static long[] Repeat(long value, int count) => [.. Enumerable.Repeat(value, count)];

    private bool All(Func<int, bool> condition) => Enumerable.Range(0, Axes).All(condition);
}
