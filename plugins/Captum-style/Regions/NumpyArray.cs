using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>Whole numbers in NumPy's file format (.npy, versions 1 to 3).</summary>
internal static partial class NumpyArray
{
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="PellucidException">It is missing, unreadable, no such array, or not of whole numbers.</exception>
    public static (long[] Numbers, TensorShape Shape) Read(string path)
    {
        byte[] file;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new PellucidException($"the mask {path} is larger than 1 GiB");
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PellucidException($"there is no mask {path}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PellucidException($"the mask {path} cannot be read: {e.Message}", e);
        }

        return Parse(file, path);
    }

    private static (long[] Numbers, TensorShape Shape) Parse(byte[] file, string path)
    {
        if (file.Length < 12 || file[0] != 0x93 || !file.AsSpan(1, 5).SequenceEqual("NUMPY"u8)) throw new PellucidException($"the mask {path} is no NumPy array");
        int lengthBytes = file[6] == 1 ? 2 : 4;
        long length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8));
        long start = 8 + lengthBytes + length;
        if (start > file.Length) throw new PellucidException($"the mask {path} is cut off: its header is longer than the file");
        string header = Encoding.UTF8.GetString(file, 8 + lengthBytes, (int)length);
        Match type = Type().Match(header), order = Order().Match(header), shape = Shape().Match(header);
        if (!type.Success || !order.Success || !shape.Success) throw new PellucidException($"the mask {path} is no NumPy array of plain numbers: {header.Trim()}");
        if (order.Groups["value"].Value == "True") throw new PellucidException($"the mask {path} is stored by columns; save it with numpy.ascontiguousarray");
        long[] sides = [.. shape.Groups["side"].Captures.Select(c => long.Parse(c.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))];
        var read = new TensorShape(sides);
        Func<ReadOnlySpan<byte>, long>? number = type.Groups["type"].Value switch
        {
            "|b1" or "|u1" => b => b[0],
            "|i1" => b => (sbyte)b[0],
            "<i2" => b => BinaryPrimitives.ReadInt16LittleEndian(b),
            "<u2" => b => BinaryPrimitives.ReadUInt16LittleEndian(b),
            "<i4" => b => BinaryPrimitives.ReadInt32LittleEndian(b),
            "<u4" => b => BinaryPrimitives.ReadUInt32LittleEndian(b),
            "<i8" or "<u8" => BinaryPrimitives.ReadInt64LittleEndian,
            _ => null,
        };
        if (number is null) throw new PellucidException($"the mask {path} holds {type.Groups["type"].Value}; whole numbers are needed (bool, or 1 to 8 bytes, little-endian), one a region");
        int bytes = type.Groups["type"].Value[2] - '0';
        long count = (file.Length - start) / bytes;
        if (sides.Any(s => s > MostBytes) || sides.Aggregate(1d, (a, b) => a * b) != count || (file.Length - start) % bytes != 0)
            throw new PellucidException($"the mask {path} is damaged: an array {read} of {bytes} bytes a number does not take {file.Length - start} bytes");
        long[] numbers = new long[count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = number(file.AsSpan((int)start + (i * bytes), bytes));
        return (numbers, read);
    }

    [GeneratedRegex(@"'descr':\s*'(?<type>[<>|=]\w\d)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Type();

    [GeneratedRegex(@"'fortran_order':\s*(?<value>True|False)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape':\s*\(((?<side>\d{1,12})(?!\d)(?>\s*,?\s*))*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
