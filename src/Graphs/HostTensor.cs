using System.Runtime.InteropServices;

namespace Pellucid.Graphs;

/// <summary>
/// A dense row-major tensor in managed memory: what graphs are fed with and what they return.
/// Float16 is held as <see cref="Half"/>, bfloat16 as its bits in <see cref="ushort"/>.
/// </summary>
public sealed class HostTensor
{
    private readonly Array _elements;

    private HostTensor(ElementType elementType, Array elements, TensorShape shape)
    {
        if (shape.ElementCount() != elements.LongLength)
            throw new ArgumentException($"shape {shape} has {shape.ElementCount()} elements, the data {elements.LongLength}");
        ElementType = elementType;
        Shape = shape;
        _elements = elements;
    }

    /// <summary>Element type.</summary>
    public ElementType ElementType { get; }

    /// <summary>Dimensions, all fixed.</summary>
    public TensorShape Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length => _elements.Length;

    /// <summary>The float32 elements, row-major; writes go through.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not float32.</exception>
    public Span<float> Floats => AsSpan<float>();

    /// <summary>The int64 elements, row-major; writes go through.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not int64.</exception>
    public Span<long> Int64s => AsSpan<long>();

    /// <summary>Wraps an array without copying it.</summary>
    /// <exception cref="ArgumentException">The array's length does not fit the shape, or its type is no tensor element.</exception>
    public static HostTensor Of<T>(T[] elements, params ReadOnlySpan<long> shape)
        where T : unmanaged => new(ElementTypeOf<T>(), elements, new TensorShape(shape));

    /// <summary>Wraps an array without copying it.</summary>
    /// <exception cref="ArgumentException">The array's length does not fit the shape, or its type is no tensor element.</exception>
    public static HostTensor Of<T>(T[] elements, TensorShape shape)
        where T : unmanaged => new(ElementTypeOf<T>(), elements, shape);

    /// <summary>A scalar (rank 0) float32 tensor.</summary>
    public static HostTensor Scalar(float value) => Of([value], TensorShape.Scalar);

    /// <summary>A tensor of zeros.</summary>
    public static HostTensor Zeros(ElementType elementType, TensorShape shape) =>
        new(elementType, NewArray(elementType, shape.ElementCount()), shape);

    /// <summary>Copies row-major little-endian bytes, as files hold them.</summary>
    /// <exception cref="ArgumentException">The number of bytes does not fit type and shape.</exception>
    public static HostTensor FromBytes(ElementType elementType, TensorShape shape, ReadOnlySpan<byte> bytes)
    {
        HostTensor tensor = Zeros(elementType, shape);
        Span<byte> target = tensor.Bytes;
        if (target.Length != bytes.Length)
            throw new ArgumentException($"{elementType}{shape} takes {target.Length} bytes, got {bytes.Length}");
        bytes.CopyTo(target);
        return tensor;
    }

    /// <summary>The elements as raw row-major bytes; writes go through.</summary>
    public Span<byte> Bytes => _elements switch
    {
        float[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        double[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        long[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        int[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        short[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        Half[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        ushort[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        sbyte[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        bool[] a => MemoryMarshal.AsBytes(a.AsSpan()),
        byte[] a => a,
        _ => throw new InvalidOperationException($"no byte view of {ElementType}"),
    };

    /// <summary>The backing array; changes to it show in the tensor.</summary>
    public Array BackingArray => _elements;

    /// <summary>The elements, row-major; writes go through.</summary>
    /// <exception cref="InvalidOperationException">The tensor's element type is not <typeparamref name="T"/>.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged => _elements is T[] typed && ElementTypeOf<T>() == ElementType
            ? typed.AsSpan()
            : throw new InvalidOperationException($"tensor holds {ElementType}, not {typeof(T).Name}");

    /// <summary>The same elements under another shape; one dimension may be -1 and is inferred. Nothing is copied.</summary>
    /// <exception cref="ArgumentException">The element counts differ.</exception>
    public HostTensor Reshape(params ReadOnlySpan<long> dimensions)
    {
        long[] d = dimensions.ToArray();
        int hole = Array.IndexOf(d, -1);
        if (hole >= 0)
        {
            long rest = 1;
            for (int i = 0; i < d.Length; i++) if (i != hole) rest *= d[i];
            d[hole] = rest == 0 ? 0 : Length / rest;
        }

        return new HostTensor(ElementType, _elements, new TensorShape(d));
    }

    /// <summary>Rows <paramref name="start"/> to start + count of the outermost dimension, copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows lie outside the tensor.</exception>
    public HostTensor Rows(long start, long count)
    {
        if (Shape.Rank == 0 || start < 0 || count < 0 || start + count > Shape[0])
            throw new ArgumentOutOfRangeException(nameof(start), $"rows {start}..{start + count} of {Shape}");
        TensorShape shape = Shape.With(0, count);
        int rowBytes = (int)(Shape[0] == 0 ? 0 : Bytes.Length / Shape[0]);
        return FromBytes(ElementType, shape, Bytes.Slice((int)start * rowBytes, (int)count * rowBytes));
    }

    /// <summary>The elements converted to float32, copied unless they are float32 already.</summary>
    /// <exception cref="InvalidOperationException">The element type is not numeric.</exception>
    public HostTensor ToFloat32() => _elements switch
    {
        float[] => this,
        double[] a => Of(Array.ConvertAll(a, v => (float)v), Shape),
        Half[] a => Of(Array.ConvertAll(a, v => (float)v), Shape),
        long[] a => Of(Array.ConvertAll(a, v => (float)v), Shape),
        int[] a => Of(Array.ConvertAll(a, v => (float)v), Shape),
        byte[] a => Of(Array.ConvertAll(a, v => (float)v), Shape),
        ushort[] a => Of(Array.ConvertAll(a, v => BitConverter.UInt32BitsToSingle((uint)v << 16)), Shape),
        _ => throw new InvalidOperationException($"{ElementType} cannot be read as float32"),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{ElementType}{Shape}";

    internal static ElementType ElementTypeOf<T>()
    {
        Type t = typeof(T);
        if (t == typeof(float)) return ElementType.Float32;
        if (t == typeof(long)) return ElementType.Int64;
        if (t == typeof(double)) return ElementType.Float64;
        if (t == typeof(int)) return ElementType.Int32;
        if (t == typeof(bool)) return ElementType.Bool;
        if (t == typeof(byte)) return ElementType.UInt8;
        if (t == typeof(Half)) return ElementType.Float16;
        if (t == typeof(sbyte)) return ElementType.Int8;
        if (t == typeof(short)) return ElementType.Int16;
        if (t == typeof(ushort)) return ElementType.BFloat16;
        throw new ArgumentException($"{t.Name} is no tensor element type");
    }

    private static Array NewArray(ElementType type, long length) => type switch
    {
        ElementType.Float32 => new float[length],
        ElementType.Float64 => new double[length],
        ElementType.Float16 => new Half[length],
        ElementType.BFloat16 => new ushort[length],
        ElementType.Int64 => new long[length],
        ElementType.Int32 => new int[length],
        ElementType.Int16 => new short[length],
        ElementType.Int8 => new sbyte[length],
        ElementType.UInt8 => new byte[length],
        ElementType.Bool => new bool[length],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such element type"),
    };
}
