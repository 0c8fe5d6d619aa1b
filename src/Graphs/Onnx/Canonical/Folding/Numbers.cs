namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>
/// A small tensor for folding: floating-point elements as double, all others as long. Results are rounded to the
/// element type after every operator, as the runtime would.
/// </summary>
internal sealed class Numbers
{
    private readonly double[]? _floats;
    private readonly long[]? _integers;

    private Numbers(ElementType element, long[] shape, double[]? floats, long[]? integers)
    {
        Element = element;
        Shape = shape;
        _floats = floats;
        _integers = integers;
    }

    public ElementType Element { get; }

    public long[] Shape { get; }

    public bool IsFloat => _floats is not null;

    public int Length => _floats?.Length ?? _integers!.Length;

    public double[] Floats => _floats ?? Array.ConvertAll(_integers!, v => (double)v);

    public long[] Integers => _integers ?? Array.ConvertAll(_floats!, v => (long)v);

    /// <summary>A tensor of the same kind as others: elements picked by (source, index).</summary>
    public static Numbers Pick(ElementType element, long[] shape, int count, Func<int, (Numbers From, int Index)> pick, bool floats)
    {
        double[]? f = floats ? new double[count] : null;
        long[]? n = floats ? null : new long[count];
        for (int i = 0; i < count; i++)
        {
            (Numbers from, int index) = pick(i);
            if (from.IsFloat != floats) throw new ArgumentException($"elements of {from.Element} among others of {element}");
            if (f is not null) f[i] = from._floats![index];
            else n![i] = from._integers![index];
        }

        return new Numbers(element, shape, f, n);
    }

    /// <summary>Elements of this tensor in another order, number or shape.</summary>
    public Numbers Pick(long[] shape, Func<int, int> index) => Pick(Element, shape, Count(shape), i => (this, index(i)), IsFloat);

    public Numbers Reshape(long[] shape) => new(Element, shape, _floats, _integers);

    public static Numbers Of(ElementType element, long[] shape, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element switch
            {
                ElementType.Float32 => (float)values[i],
                ElementType.Float16 => (double)(Half)values[i],
                _ => values[i],
            };
        }

        return new Numbers(element, shape, values, null);
    }

    public static Numbers Of(ElementType element, long[] shape, long[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element switch
            {
                ElementType.Int32 => unchecked((int)values[i]),
                ElementType.Int16 => unchecked((short)values[i]),
                ElementType.Int8 => unchecked((sbyte)values[i]),
                ElementType.UInt8 => unchecked((byte)values[i]),
                ElementType.Bool => values[i] != 0 ? 1 : 0,
                _ => values[i],
            };
        }

        return new Numbers(element, shape, null, values);
    }

    /// <summary>Null for bfloat16, which shape code does not use.</summary>
    public static Numbers? From(HostTensor tensor)
    {
        long[] shape = tensor.Shape.ToArray();
        return tensor.BackingArray switch
        {
            float[] a => new Numbers(tensor.ElementType, shape, Array.ConvertAll(a, v => (double)v), null),
            double[] a => new Numbers(tensor.ElementType, shape, (double[])a.Clone(), null),
            Half[] a => new Numbers(tensor.ElementType, shape, Array.ConvertAll(a, v => (double)v), null),
            long[] a => new Numbers(tensor.ElementType, shape, null, (long[])a.Clone()),
            int[] a => new Numbers(tensor.ElementType, shape, null, Array.ConvertAll(a, v => (long)v)),
            short[] a => new Numbers(tensor.ElementType, shape, null, Array.ConvertAll(a, v => (long)v)),
            sbyte[] a => new Numbers(tensor.ElementType, shape, null, Array.ConvertAll(a, v => (long)v)),
            bool[] a => new Numbers(tensor.ElementType, shape, null, Array.ConvertAll(a, v => v ? 1L : 0L)),
            byte[] a => new Numbers(tensor.ElementType, shape, null, Array.ConvertAll(a, v => (long)v)),
            _ => null,
        };
    }

    public HostTensor ToTensor()
    {
        var shape = new TensorShape(Shape);
        return Element switch
        {
            ElementType.Float32 => HostTensor.Of(Array.ConvertAll(Floats, v => (float)v), shape),
            ElementType.Float64 => HostTensor.Of(Floats, shape),
            ElementType.Float16 => HostTensor.Of(Array.ConvertAll(Floats, v => (Half)v), shape),
            ElementType.Int64 => HostTensor.Of(Integers, shape),
            ElementType.Int32 => HostTensor.Of(Array.ConvertAll(Integers, v => unchecked((int)v)), shape),
            ElementType.Int16 => HostTensor.Of(Array.ConvertAll(Integers, v => unchecked((short)v)), shape),
            ElementType.Int8 => HostTensor.Of(Array.ConvertAll(Integers, v => unchecked((sbyte)v)), shape),
            ElementType.UInt8 => HostTensor.Of(Array.ConvertAll(Integers, v => unchecked((byte)v)), shape),
            ElementType.Bool => HostTensor.Of(Array.ConvertAll(Integers, v => v != 0), shape),
            _ => throw new NotSupportedException($"constants of {Element} are not folded"),
        };
    }

    public static int Count(long[] shape)
    {
        long count = 1;
        foreach (long d in shape) count = checked(count * d);
        return checked((int)count);
    }
}
