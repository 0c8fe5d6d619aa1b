using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pellucid.Graphs.Onnx.Import;

/// <summary>
/// Reads the protobuf wire format from a file of any size through a small window. Bytes that nobody asks for are
/// skipped without being read. Everything is checked against the end of the enclosing message.
/// </summary>
internal sealed class WireReader : IDisposable
{
    private const int WindowSize = 1 << 16;
    private const int LongestText = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly byte[] _window = new byte[WindowSize];
    private readonly long _length;
    private long _windowStart;
    private int _windowLength;

    public WireReader(string path)
    {
        Path = path;
        _file = File.OpenHandle(path);
        _length = RandomAccess.GetLength(_file);
        End = _length;
    }

    public string Path { get; }

    /// <summary>Next byte to read.</summary>
    public long Position { get; private set; }

    /// <summary>First byte after the message being read.</summary>
    public long End { get; private set; }

    public void Dispose() => _file.Dispose();

    /// <summary>Reads the next field's number and wire type; false at the end of the message.</summary>
    public bool NextField(out int field, out WireType type)
    {
        field = 0;
        type = WireType.Varint;
        if (Position >= End) return false;
        ulong tag = Varint();
        if (tag > uint.MaxValue || tag >> 3 == 0) throw Corrupt($"field tag {tag}");
        field = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        if (type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32)) throw Corrupt($"wire type {(int)type} of field {field}");
        return true;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = Byte();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw Corrupt("a varint of more than ten bytes");
    }

    /// <summary>An integer field.</summary>
    public long Int64(WireType type)
    {
        Expect(type, WireType.Varint);
        return unchecked((long)Varint());
    }

    /// <summary>An int32 or enum field.</summary>
    public int Int32(WireType type) => unchecked((int)Int64(type));

    /// <summary>A float field.</summary>
    public float Single(WireType type)
    {
        Expect(type, WireType.Fixed32);
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadSingleLittleEndian(bytes);
    }

    /// <summary>A string field, such as a name.</summary>
    public string Text(WireType type)
    {
        long length = Length(type);
        if (length > LongestText) throw Corrupt($"a name of {length} bytes");
        byte[] bytes = new byte[length];
        Read(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Length of a bytes field; the reader then stands at its first byte, and all of it lies inside the message.</summary>
    public long Length(WireType type)
    {
        Expect(type, WireType.Bytes);
        ulong length = Varint();
        if (length > (ulong)(End - Position)) throw Corrupt($"a field of {length} bytes where {End - Position} are left");
        return (long)length;
    }

    /// <summary>Reads a nested message: <paramref name="read"/> sees its fields only.</summary>
    public T Message<T>(WireType type, Func<T> read)
    {
        long length = Length(type), outer = End;
        End = Position + length;
        T result = read();
        Position = End;
        End = outer;
        return result;
    }

    /// <summary>Adds one integer, or a packed run of them.</summary>
    public void Int64s(WireType type, List<long> into, int limit)
    {
        if (type == WireType.Varint)
        {
            into.Add(Int64(type));
        }
        else
        {
            long length = Length(type), stop = Position + length;
            while (Position < stop) into.Add(CheckedInt64(into, limit));
        }

        if (into.Count > limit) throw Corrupt($"a list of more than {limit} integers");
    }

    /// <summary>Adds one float, or a packed run of them.</summary>
    public void Singles(WireType type, List<float> into, int limit)
    {
        if (type == WireType.Fixed32)
        {
            into.Add(Single(type));
        }
        else
        {
            long length = Length(type);
            if (length % 4 != 0) throw Corrupt($"{length} bytes of packed floats");
            if (into.Count + (length / 4) > limit) throw Corrupt($"a list of more than {limit} floats");
            for (long i = 0; i < length / 4; i++) into.Add(Single(WireType.Fixed32));
        }

        if (into.Count > limit) throw Corrupt($"a list of more than {limit} floats");
    }

    /// <summary>Steps over the value of a field.</summary>
    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Advance(8);
                break;
            case WireType.Fixed32:
                Advance(4);
                break;
            default:
                Advance(Length(type));
                break;
        }
    }

    /// <summary>Steps over bytes.</summary>
    public void Advance(long count)
    {
        if (count > End - Position) throw Corrupt($"{count} bytes where {End - Position} are left");
        Position += count;
    }

    /// <summary>Fills a buffer.</summary>
    public void Read(Span<byte> into)
    {
        if (into.Length > End - Position) throw Corrupt($"{into.Length} bytes where {End - Position} are left");
        while (into.Length > 0)
        {
            ReadOnlySpan<byte> window = Window();
            int count = Math.Min(window.Length, into.Length);
            window[..count].CopyTo(into);
            into = into[count..];
            Position += count;
        }
    }

    /// <summary>An error that names file and place.</summary>
    public GraphException Corrupt(string what) => new($"'{Path}' is no ONNX model or is damaged: {what} near byte {Position}; export or download it again");

    private long CheckedInt64(List<long> into, int limit) =>
        into.Count >= limit ? throw Corrupt($"a list of more than {limit} integers") : unchecked((long)Varint());

    private byte Byte()
    {
        if (Position >= End) throw Corrupt("a message that ends inside a field");
        byte b = Window()[0];
        Position++;
        return b;
    }

    private ReadOnlySpan<byte> Window()
    {
        long at = Position - _windowStart;
        if (at < 0 || at >= _windowLength)
        {
            _windowStart = Position;
            _windowLength = RandomAccess.Read(_file, _window, Position);
            at = 0;
            if (_windowLength == 0) throw Corrupt($"the file ends (its length was {_length})");
        }

        return _window.AsSpan((int)at, _windowLength - (int)at);
    }

    private void Expect(WireType actual, WireType expected)
    {
        if (actual != expected) throw Corrupt($"a field of wire type {actual} where {expected} belongs");
    }
}
