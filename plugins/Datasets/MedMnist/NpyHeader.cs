using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>Header of an array in NumPy's format (versions 1 to 3).</summary>
/// <param name="Type">Type of an element, such as <c>|u1</c>.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="DataOffset">Bytes before the first element.</param>
internal sealed partial record NpyHeader(string Type, IReadOnlyList<long> Shape, int DataOffset)
{
    private const int LargestHeader = 65536;

    /// <summary>Bytes of an element.</summary>
    public int ElementSize => Type[^1] - '0';

    /// <summary>Reads a header.</summary>
    /// <exception cref="FormatException">It is none, or of an array that is not understood.</exception>
    public static NpyHeader Read(Stream stream)
    {
        byte[] start = new byte[12];
        if (stream.ReadAtLeast(start.AsSpan(0, 10), 10, throwOnEndOfStream: false) < 10 || start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw new FormatException("it does not begin as an array of NumPy does");
        if (start[6] is < 1 or > 3) throw new FormatException($"its format version {start[6]} is none of 1 to 3");
        int prefix = start[6] == 1 ? 10 : 12;
        if (prefix == 12 && stream.ReadAtLeast(start.AsSpan(10, 2), 2, throwOnEndOfStream: false) < 2) throw new FormatException("its header ends in the middle");
        long length = prefix == 10 ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        if (length > LargestHeader) throw new FormatException($"its header has {length} bytes, at most {LargestHeader} are taken");
        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length) throw new FormatException("its header ends in the middle");
        return Parse(Encoding.UTF8.GetString(text), prefix + (int)length);
    }

    private static NpyHeader Parse(string text, int dataOffset)
    {
        Match type = Descr().Match(text), order = Fortran().Match(text), shape = Sizes().Match(text);
        if (!type.Success || !order.Success || !shape.Success) throw new FormatException("its header does not state descr, fortran_order and shape of a plain array");
        if (order.Groups["value"].Value == "True") throw new FormatException("it is stored column by column (Fortran order)");
        List<long> sizes = [];
        foreach (string part in shape.Groups["value"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long size) || size > int.MaxValue) throw new FormatException($"its size '{part}' is too large");
            sizes.Add(size);
        }

        return sizes.Count is >= 1 and <= 8 ? new NpyHeader(type.Groups["value"].Value, sizes, dataOffset) : throw new FormatException($"it has {sizes.Count} dimensions");
    }

    [GeneratedRegex(@"'descr'\s*:\s*'(?<value>[|<>=]?[a-zA-Z]\d)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(?<value>True|False)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fortran();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<value>[0-9L,\s]*)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sizes();
}
