using System.Runtime.InteropServices;
using System.Text;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Host.Caching;

/// <summary>Writes a file of the map cache beside its place and moves it there when it is whole.</summary>
internal sealed class MapFileWriter : IMapWriter
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly int _length;
    private readonly uint[] _checks;
    private readonly Action _appeared;
    private FileStream? _stream;
    private int _row;
    private int _filled;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="temporary">Where it is written.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="appeared">Called when it is in its place.</param>
    public MapFileWriter(string path, string temporary, int rows, int length, Action appeared)
    {
        (_path, _temporary, _length, _checks, _appeared) = (path, temporary, length, new uint[rows], appeared);
        Guard(() => _stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16));
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<float> values)
    {
        FileStream stream = Open();
        if (_row == _checks.Length || _filled + values.Length > _length)
            throw new PellucidException($"an entry of the map cache has {_checks.Length} rows of {_length} values; there are more");
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        _checks[_row] = MapFileLayout.Crc(bytes, _checks[_row]);
        try
        {
            stream.Write(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw MapCacheFaults.Unwritable(_temporary, fault);
        }

        _filled += values.Length;
        if (_filled < _length) return;
        _filled = 0;
        _row++;
    }

    /// <inheritdoc/>
    public void Complete(string note)
    {
        FileStream stream = Open();
        if (_row != _checks.Length) throw new PellucidException($"an entry of the map cache has {_checks.Length} rows, and only {_row} were added");
        byte[] checks = MemoryMarshal.AsBytes(_checks.AsSpan()).ToArray(), text = Encoding.UTF8.GetBytes(note);
        byte[] tail = [.. checks, .. text];
        Guard(() =>
        {
            stream.Write(tail);
            stream.Write(new MapFileLayout(_checks.Length, _length, text.Length, MapFileLayout.Crc(tail)).Write());
            stream.Dispose();
            File.Move(_temporary, _path, overwrite: true);
        });
        _stream = null;
        _appeared();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stream is null) return;
        FileStream stream = _stream;
        _stream = null;
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk: what was buffered does not matter any more, and the fault that led here must not be hidden.
        }

        try
        {
            File.Delete(_temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Files that stay behind are removed when another entry is made.
        }
    }

    private FileStream Open() => _stream ?? throw new ObjectDisposedException(nameof(MapFileWriter));

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw MapCacheFaults.Unwritable(_temporary, fault);
        }
    }
}
