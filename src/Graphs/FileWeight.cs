namespace Pellucid.Graphs;

/// <summary>
/// A weight that stays where it is: a contiguous region of a .safetensors, .onnx, .onnx.data or (stored, not deflated)
/// .pt file, row-major and little-endian. The runtime maps it; it is never copied into managed memory.
/// </summary>
public sealed class FileWeight : Weight
{
    /// <summary>Names a region. The file is not opened.</summary>
    /// <param name="type">Element type and fixed shape.</param>
    /// <param name="path">Full path of the file.</param>
    /// <param name="offset">First byte of the region; need not be aligned.</param>
    public FileWeight(TensorType type, string path, long offset)
        : base(type)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        Path = System.IO.Path.GetFullPath(path);
        Offset = offset;
        ByteLength = checked(Shape.ElementCount() * type.Element.SizeInBytes());
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>First byte of the region.</summary>
    public long Offset { get; }

    /// <summary>Bytes of the region.</summary>
    public long ByteLength { get; }

    /// <summary>
    /// Rows start to start + count of the outermost dimension, as a weight over the same file: this is how stacked
    /// query/key/value weights are taken apart without copying.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows lie outside the weight.</exception>
    public FileWeight Rows(long start, long count)
    {
        if (Shape.Rank == 0 || start < 0 || count < 0 || start + count > Shape[0])
            throw new ArgumentOutOfRangeException(nameof(start), $"rows {start}..{start + count} of {Shape}");
        long rowBytes = Shape[0] == 0 ? 0 : ByteLength / Shape[0];
        return new FileWeight(new TensorType(Type.Element, Shape.With(0, count)), Path, Offset + (start * rowBytes));
    }

    /// <summary>The same bytes under another shape of as many elements.</summary>
    /// <exception cref="ArgumentException">The element counts differ.</exception>
    public FileWeight Reshape(params ReadOnlySpan<long> dimensions)
    {
        var shape = new TensorShape(dimensions);
        if (shape.ElementCount() != Shape.ElementCount()) throw new ArgumentException($"{Shape} cannot become {shape}");
        return new FileWeight(new TensorType(Type.Element, shape), Path, Offset);
    }

    /// <inheritdoc/>
    public override HostTensor Read()
    {
        HostTensor tensor = HostTensor.Zeros(Type.Element, Shape);
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(Path);
        Span<byte> rest = tensor.Bytes;
        long position = Offset;
        while (rest.Length > 0)
        {
            int read = RandomAccess.Read(file, rest, position);
            if (read == 0) throw new EndOfStreamException($"{Path} ends at byte {position}, a weight {Type} at {Offset} needs {ByteLength} bytes");
            rest = rest[read..];
            position += read;
        }

        return tensor;
    }
}
