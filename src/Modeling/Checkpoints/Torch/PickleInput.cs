using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>The bytes of one or more consecutive pickles, from memory or straight from the file, never beyond the limits.</summary>
internal sealed class PickleInput
{
    private const int Window = 1 << 16;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CheckpointFile _file;
    private readonly string _what;
    private readonly long _start;
    private byte[] _buffer;
    private int _at;
    private int _filled;
    private long _next;

    /// <summary>Reads bytes that are in memory (an entry of a zip archive).</summary>
    internal PickleInput(CheckpointFile file, string what, byte[] bytes)
    {
        (_file, _what, _buffer, _filled) = (file, what, bytes, bytes.Length);
        _next = long.MaxValue;
    }

    /// <summary>Reads from the file's first byte on.</summary>
    internal PickleInput(CheckpointFile file)
    {
        (_file, _what, _buffer) = (file, "the pickle", new byte[Window]);
        _start = 0;
    }

    /// <summary>Bytes read so far; for a pickle in the file itself that is the position in the file.</summary>
    internal long Position => _next == long.MaxValue ? _at : _start + _next - (_filled - _at);

    internal PellucidException Error(string message) => _file.Error($"{_what}: {message}");

    internal byte ReadByte() => Read(1)[0];

    /// <summary>The next bytes; the span is valid until the next read.</summary>
    internal ReadOnlySpan<byte> Read(int count)
    {
        if (count > CheckpointLimits.MaxPickleStringBytes) throw Error($"a value of {count} bytes is longer than {CheckpointLimits.MaxPickleStringBytes}");
        if (_filled - _at < count) Fill(count);
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_at, count);
        _at += count;
        return bytes;
    }

    /// <summary>UTF-8 of a declared length, which may lie.</summary>
    internal string ReadText(ulong count)
    {
        if (count > CheckpointLimits.MaxPickleStringBytes) throw Error($"a string of {count} bytes is longer than {CheckpointLimits.MaxPickleStringBytes}");
        try
        {
            return StrictUtf8.GetString(Read((int)count));
        }
        catch (DecoderFallbackException)
        {
            throw Error("a string is not valid UTF-8");
        }
    }

    /// <summary>Byte string of a declared length, as Latin-1: old files hold text in these.</summary>
    internal string ReadBytesAsText(ulong count)
    {
        if (count > CheckpointLimits.MaxPickleStringBytes) throw Error($"a byte string of {count} bytes is longer than {CheckpointLimits.MaxPickleStringBytes}");
        return Encoding.Latin1.GetString(Read((int)count));
    }

    /// <summary>Text up to a line feed, which is dropped: names and numbers of protocol 0.</summary>
    internal string ReadLine()
    {
        var line = new StringBuilder();
        for (byte b = ReadByte(); b != (byte)'\n'; b = ReadByte())
        {
            if (line.Length == 4096) throw Error("a line is longer than 4096 bytes");
            line.Append((char)b);
        }

        return line.ToString();
    }

    private void Fill(int count)
    {
        int left = _filled - _at;
        if (_next != long.MaxValue)
        {
            byte[] target = count > _buffer.Length ? new byte[count] : _buffer;
            _buffer.AsSpan(_at, left).CopyTo(target);
            (_buffer, _at, _filled) = (target, 0, left);
            while (_filled < _buffer.Length && _next < CheckpointLimits.MaxPickleBytes)
            {
                int room = (int)Math.Min(_buffer.Length - _filled, CheckpointLimits.MaxPickleBytes - _next);
                int read = _file.ReadSome(_start + _next, _buffer.AsSpan(_filled, room));
                if (read == 0) break;
                _filled += read;
                _next += read;
            }
        }

        if (_filled - _at >= count) return;
        throw _next != long.MaxValue && _next >= CheckpointLimits.MaxPickleBytes
            ? Error($"longer than {CheckpointLimits.MaxPickleBytes} bytes")
            : Error("ends before it is complete: the file is truncated or corrupt");
    }
}
