using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;

namespace Pellucid.Host.Caching;

/// <summary>A file of the map cache, mapped: its rows take no memory of the process. Safe for concurrent use.</summary>
internal sealed unsafe class MapFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly MapFileLayout _layout;
    private readonly byte* _start;
    private string? _note;

    private MapFile(MemoryMappedFile file, MapFileLayout layout)
    {
        (_file, _layout) = (file, layout);
        _view = file.CreateViewAccessor(0, layout.FileBytes, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    public int Rows => _layout.Rows;

    public int Length => _layout.Length;

    /// <summary>The same string each time: readers may remember what they made of it.</summary>
    public string Note => _note ??= Encoding.UTF8.GetString(Bytes(_layout.RowBytes + ((long)Rows * sizeof(uint)), _layout.NoteBytes));

    /// <summary>Opens a file and checks every byte; null where there is none that adds up.</summary>
    public static MapFile? Open(string path)
    {
        if (!File.Exists(path)) return null;
        MapFileLayout layout;
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (stream.Length < MapFileLayout.FooterBytes) return null;
            byte[] footer = new byte[MapFileLayout.FooterBytes];
            stream.Seek(-footer.Length, SeekOrigin.End);
            stream.ReadExactly(footer);
            if (MapFileLayout.Read(footer) is not { } read || read.FileBytes != stream.Length) return null;
            layout = read;
        }

        var mapped = MemoryMappedFile.CreateFromFile(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        var file = new MapFile(mapped, layout);
        if (file.AddsUp()) return file;
        file.Dispose();
        return null;
    }

    public ReadOnlySpan<float> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Rows);
        return MemoryMarshal.Cast<byte, float>(Bytes((long)index * Length * sizeof(float), Length * sizeof(float)));
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Bytes(long offset, int count) => new(_start + offset, count);

    private bool AddsUp()
    {
        int checks = Rows * sizeof(uint);
        if (MapFileLayout.Crc(Bytes(_layout.RowBytes, checks + _layout.NoteBytes)) != _layout.Check) return false;
        bool good = true;
        Parallel.For(0, Rows, (row, state) =>
        {
            if (MapFileLayout.Crc(MemoryMarshal.AsBytes(Row(row))) == MemoryMarshal.Cast<byte, uint>(Bytes(_layout.RowBytes, checks))[row]) return;
            Volatile.Write(ref good, false);
            state.Stop();
        });
        return good;
    }
}
