namespace Pellucid.Graphs.Tests.Reference;

/// <summary>A dense row-major tensor whose elements are doubles, whatever their type: integers below 2^53 and 0/1 fit too.</summary>
public sealed class Tensor
{
    public Tensor(ElementType element, long[] shape, double[] data)
    {
        if (Count(shape) != data.Length) throw new ArgumentException($"shape [{string.Join(',', shape)}] and {data.Length} elements");
        Element = element;
        Shape = shape;
        Data = data;
    }

    public ElementType Element { get; }

    public long[] Shape { get; }

    public double[] Data { get; }

    public int Rank => Shape.Length;

    public int Length => Data.Length;

    public double this[long[] index]
    {
        get => Data[Offset(index)];
        set => Data[Offset(index)] = value;
    }

    public static Tensor Float(long[] shape, double[] data) => new(ElementType.Float64, shape, data);

    public static Tensor Scalar(double value) => Float([], [value]);

    public static Tensor Int64(long[] shape, params long[] values) => new(ElementType.Int64, shape, Array.ConvertAll(values, v => (double)v));

    public static Tensor Zeros(ElementType element, long[] shape) => new(element, shape, new double[Count(shape)]);

    /// <summary>A tensor whose elements come from their indices. The index array is reused.</summary>
    public static Tensor Of(ElementType element, long[] shape, Func<long[], double> value)
    {
        Tensor result = Zeros(element, shape);
        int i = 0;
        foreach (long[] index in Indices(shape)) result.Data[i++] = value(index);
        return result;
    }

    public static Tensor From(HostTensor tensor)
    {
        double[] data = tensor.BackingArray switch
        {
            double[] a => a,
            float[] a => Array.ConvertAll(a, v => (double)v),
            long[] a => Array.ConvertAll(a, v => (double)v),
            int[] a => Array.ConvertAll(a, v => (double)v),
            bool[] a => Array.ConvertAll(a, v => v ? 1.0 : 0),
            Half[] a => Array.ConvertAll(a, v => (double)v),
            _ => throw new NotSupportedException($"{tensor.ElementType} constants"),
        };
        return new Tensor(tensor.ElementType, tensor.Shape.ToArray(), data);
    }

    public static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long d in shape) count *= d;
        return count;
    }

    /// <summary>All indices in row-major order; one array, changed from step to step.</summary>
    public static IEnumerable<long[]> Indices(long[] shape)
    {
        long[] index = new long[shape.Length];
        for (long left = Count(shape); left > 0; left--)
        {
            yield return index;
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }
    }

    public Tensor Reshape(params long[] shape) => new(Element, shape, Data);

    public Tensor As(ElementType element) => new(element, Shape, Data);

    public Tensor Map(Func<double, double> f) => new(Element, Shape, Array.ConvertAll(Data, v => f(v)));

    public int Axis(long axis) => (int)(axis < 0 ? axis + Rank : axis);

    public long[] Longs() => Array.ConvertAll(Data, v => (long)v);

    /// <summary>Elements repeated to a larger shape, as NumPy broadcasts.</summary>
    public Tensor BroadcastTo(long[] shape)
    {
        if (Shape.AsSpan().SequenceEqual(shape)) return this;
        int extra = shape.Length - Rank;
        for (int i = 0; i < Rank; i++)
        {
            if (Shape[i] != 1 && Shape[i] != shape[i + extra]) throw new InvalidOperationException($"{this} does not broadcast to [{string.Join(',', shape)}]");
        }

        long[] own = new long[Rank];
        return Of(Element, shape, index =>
        {
            for (int i = 0; i < own.Length; i++) own[i] = Shape[i] == 1 ? 0 : index[i + extra];
            return this[own];
        });
    }

    /// <summary>The shape that several tensors broadcast to.</summary>
    public static long[] Common(params Tensor[] tensors)
    {
        long[] shape = new long[tensors.Max(t => t.Rank)];
        Array.Fill(shape, 1);
        foreach (Tensor t in tensors)
        {
            for (int i = 1; i <= t.Rank; i++)
            {
                long d = t.Shape[^i];
                if (d != 1 && shape[^i] != 1 && shape[^i] != d) throw new InvalidOperationException($"{string.Join(" and ", tensors.Select(x => x.ToString()))} do not broadcast");
                if (d != 1) shape[^i] = d;
            }
        }

        return shape;
    }

    public override string ToString() => $"{Element}[{string.Join(',', Shape)}]";

    private long Offset(long[] index)
    {
        long offset = 0;
        for (int i = 0; i < Shape.Length; i++)
        {
            if ((ulong)index[i] >= (ulong)Shape[i]) throw new ArgumentOutOfRangeException(nameof(index), $"[{string.Join(',', index)}] in {this}");
            offset = (offset * Shape[i]) + index[i];
        }

        return offset;
    }
}
