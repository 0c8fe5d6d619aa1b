using System.IO.Compression;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>
/// An array inside an .npz archive, read row by row (a row: what the first index chooses). What is compressed can only be read from its beginning, so a place
/// in the stream and the last rows are kept: reading in order costs one pass, going far back another. Thread-safe.
/// </summary>
internal sealed class NpzArray
{
    private const int KeptBytes = 4 << 20;

    // What an array and its place in the table take beside its bytes.
    private const long RowOverhead = 100;
    private const long LargestRow = 256L << 20;
    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly string _name;
    private readonly Dictionary<long, byte[]> _kept = [];
    private readonly Queue<long> _order = [];
    private ZipArchive? _archive;
    private Stream? _stream;
    private long _next;

    private NpzArray(string file, string name, NpyHeader header, int rowBytes)
    {
        _file = file;
        _name = name;
        Header = header;
        RowBytes = rowBytes;
    }

    /// <summary>Type and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>Number of rows.</summary>
    public long Count => Header.Shape[0];

    /// <summary>Bytes of a row.</summary>
    public int RowBytes { get; }

    /// <summary>Opens an array and checks that its header and its size agree.</summary>
    /// <exception cref="PellucidException">They do not, or it is no array.</exception>
    public static NpzArray Open(string file, ZipArchiveEntry entry)
    {
        try
        {
            using Stream stream = entry.Open();
            NpyHeader header = NpyHeader.Read(stream);
            long row = header.ElementSize;
            foreach (long size in header.Shape.Skip(1)) row = checked(row * size);
            if (row is 0 or > LargestRow) throw new FormatException($"one of its {header.Shape[0]} entries takes {row} bytes, 1 to {LargestRow} are taken");
            long expected = checked((row * header.Shape[0]) + header.DataOffset);
            return entry.Length == expected
                ? new NpzArray(file, entry.FullName, header, (int)row)
                : throw new FormatException($"its header states {expected} bytes, the archive {entry.Length}");
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidDataException or IOException or NotSupportedException)
        {
            throw new PellucidException($"{file}: the array {entry.FullName} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Bytes of a row; not to be changed.</summary>
    /// <exception cref="PellucidException">The archive is damaged or was changed.</exception>
    public byte[] Row(long index)
    {
        lock (_lock)
        {
            if (_kept.TryGetValue(index, out byte[]? kept)) return kept;
            try
            {
                if (_stream is null || index < _next) Rewind();
                while (_next <= index) Keep();
                return _kept[index];
            }
            catch (Exception e) when (e is IOException or InvalidDataException or FormatException)
            {
                Close();
                throw new PellucidException($"{_file}: entry {index} of {_name} cannot be read: {e.Message}", e);
            }
        }
    }

    private void Keep()
    {
        byte[] row = new byte[RowBytes];
        _stream!.ReadExactly(row);
        if (_order.Count > 0 && _order.Count * (RowBytes + RowOverhead) >= KeptBytes) _kept.Remove(_order.Dequeue());
        // Going back reads rows again that may still be kept.
        if (_kept.TryAdd(_next, row)) _order.Enqueue(_next);
        _next++;
    }

    private void Rewind()
    {
        Close();
        _archive = new ZipArchive(DataFiles.Open(_file), ZipArchiveMode.Read);
        ZipArchiveEntry entry = _archive.GetEntry(_name) ?? throw new InvalidDataException("the archive was changed while it was in use");
        _stream = entry.Open();
        NpyHeader header = NpyHeader.Read(_stream);
        if (!header.Shape.SequenceEqual(Header.Shape) || header.Type != Header.Type) throw new InvalidDataException("the archive was changed while it was in use");
        _next = 0;
    }

    private void Close()
    {
        _stream?.Dispose();
        _archive?.Dispose();
        (_stream, _archive) = (null, null);
        _kept.Clear();
        _order.Clear();
    }
}
