using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>
/// The central directory of a zip archive (zip64 too), read by ourselves because the library does not tell where in the file an
/// entry's bytes lie. APPNOTE.TXT 6.3, sections 4.3 and 4.5.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;

    // What deflate can gain at most, rounded up; more is a lie.
    private const long MaxDeflateRatio = 1100;

    private readonly CheckpointFile _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly long _start;

    private ZipDirectory(CheckpointFile file, long start)
    {
        _file = file;
        _start = start;
    }

    internal IReadOnlyDictionary<string, ZipEntry> Entries => _entries;

    internal static ZipDirectory Read(CheckpointFile file)
    {
        (long count, long size, long start) = FindDirectory(file);
        if (count > CheckpointLimits.MaxZipEntries) throw file.Error($"a zip archive of {count} entries has more than {CheckpointLimits.MaxZipEntries}");
        if (size > CheckpointLimits.MaxZipDirectoryBytes) throw file.Error($"the zip directory of {size} bytes is longer than {CheckpointLimits.MaxZipDirectoryBytes}");
        if (start < 0 || size < 0 || start > file.Length || size > file.Length - start) throw file.Error("the zip directory lies outside the file: it is truncated or corrupt");
        if (count < 0 || count > size / EntryBytes) throw file.Error($"the zip directory of {size} bytes cannot hold {count} entries");
        byte[] bytes = new byte[size];
        file.Read(start, bytes, "the zip directory");
        var directory = new ZipDirectory(file, start);
        ReadOnlySpan<byte> rest = bytes;
        for (long i = 0; i < count; i++) rest = directory.AddEntry(rest);
        return directory;
    }

    /// <summary>First byte of an entry's data, found from its local header, which must agree with the directory.</summary>
    internal long DataOffset(ZipEntry entry)
    {
        byte[] local = new byte[LocalBytes + entry.RawName.Length];
        _file.Read(entry.HeaderOffset, local, $"the header of zip entry '{entry.Name}'");
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != 0x04034b50
            || BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) != entry.RawName.Length
            || !local.AsSpan(LocalBytes).SequenceEqual(entry.RawName))
        {
            throw _file.Error($"the zip directory and the header of entry '{entry.Name}' disagree: the file is corrupt");
        }

        long offset = entry.HeaderOffset + local.Length + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        if (offset > _start || entry.CompressedSize > _start - offset) throw _file.Error($"zip entry '{entry.Name}' of {entry.CompressedSize} bytes reaches beyond the data: the file is truncated or corrupt");
        return offset;
    }

    /// <summary>An entry's bytes in memory, inflated if need be; the caller has checked that its declared size is acceptable.</summary>
    internal byte[] ReadAll(ZipEntry entry)
    {
        long offset = DataOffset(entry);
        if (entry.Size > Array.MaxLength || (!entry.Stored && entry.Size / MaxDeflateRatio > entry.CompressedSize))
            throw _file.Error($"zip entry '{entry.Name}' claims to inflate from {entry.CompressedSize} to {entry.Size} bytes");
        byte[] bytes = new byte[entry.Size];
        if (entry.Stored)
        {
            _file.Read(offset, bytes, $"zip entry '{entry.Name}'");
            return bytes;
        }

        try
        {
            using var deflate = new DeflateStream(new FileSection(_file, offset, entry.CompressedSize), CompressionMode.Decompress);
            int read = deflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read == bytes.Length && deflate.ReadByte() < 0) return bytes;
        }
        catch (InvalidDataException)
        {
            throw _file.Error($"the compressed data of zip entry '{entry.Name}' are corrupt");
        }

        throw _file.Error($"zip entry '{entry.Name}' does not inflate to the {entry.Size} bytes it declares");
    }

    private static (long Count, long Size, long Start) FindDirectory(CheckpointFile file)
    {
        int tail = (int)Math.Min(file.Length, EndBytes + ushort.MaxValue);
        byte[] bytes = new byte[tail];
        file.Read(file.Length - tail, bytes, "the end of the zip archive");
        for (int i = tail - EndBytes; i >= 0; i--)
        {
            ReadOnlySpan<byte> end = bytes.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != 0x06054b50 || BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != end.Length - EndBytes) continue;
            long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            return count == ushort.MaxValue || size == uint.MaxValue || start == uint.MaxValue
                ? FindDirectory64(file, file.Length - tail + i)
                : (count, size, start);
        }

        throw file.Error("a zip archive without its directory, which stands at the end: the file is truncated");
    }

    private static (long Count, long Size, long Start) FindDirectory64(CheckpointFile file, long end)
    {
        Span<byte> locator = stackalloc byte[20];
        Span<byte> record = stackalloc byte[56];
        file.Read(end - 20, locator, "the zip64 locator");
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != 0x07064b50) throw file.Error("the zip64 locator is missing: the file is corrupt");
        file.Read(BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), record, "the zip64 directory end");
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != 0x06064b50) throw file.Error("the zip64 directory end is missing: the file is corrupt");
        return (BinaryPrimitives.ReadInt64LittleEndian(record[32..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]));
    }

    private ReadOnlySpan<byte> AddEntry(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < EntryBytes || BinaryPrimitives.ReadUInt32LittleEndian(rest) != 0x02014b50) throw _file.Error("the zip directory is corrupt");
        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
        int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
        int total = EntryBytes + nameBytes + extraBytes + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
        if (rest.Length < total) throw _file.Error("the zip directory is corrupt");
        byte[] raw = rest.Slice(EntryBytes, nameBytes).ToArray();
        string name = Encoding.UTF8.GetString(raw);
        if ((BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]) & 1) != 0) throw _file.Error($"zip entry '{name}' is encrypted");
        int method = BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]);
        if (method is not (0 or 8)) throw _file.Error($"zip entry '{name}' is compressed by method {method}; only stored and deflated entries can be read");
        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(rest[20..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(rest[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(rest[42..]);
        ReadZip64(rest.Slice(EntryBytes + nameBytes, extraBytes), ref size, ref compressed, ref offset);
        if (size < 0 || compressed < 0 || offset < 0 || offset > _file.Length || compressed > _file.Length) throw _file.Error($"zip entry '{name}' lies outside the file: it is truncated or corrupt");
        if (method == 0 && size != compressed) throw _file.Error($"zip entry '{name}' is stored, but has two sizes, {compressed} and {size}");
        if (!_entries.TryAdd(name, new ZipEntry(name, raw, method == 0, compressed, size, offset))) throw _file.Error($"zip entry '{name}' occurs twice");
        return rest[total..];
    }

    /// <summary>Takes the 64-bit values of the fields that say "see the extra field", in this order.</summary>
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long size, ref long compressed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4) return;
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1) continue;
            Take(ref field, ref size);
            Take(ref field, ref compressed);
            Take(ref field, ref offset);
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value != uint.MaxValue || field.Length < 8) return;
            value = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
        }
    }
}
