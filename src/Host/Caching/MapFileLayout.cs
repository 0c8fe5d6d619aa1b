using System.Numerics;
using System.Runtime.InteropServices;

namespace Pellucid.Host.Caching;

/// <summary>
/// A file of the map cache: the rows (float32, little-endian), a CRC-32C of each row, the note (UTF-8), and a footer of fixed size with the counts and a CRC-32C of
/// all that is not rows. A file that was cut off, or in which a bit fell over, does not add up.
/// </summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Length">Values of a row.</param>
/// <param name="NoteBytes">Bytes of the note.</param>
/// <param name="Check">CRC-32C of the rows' checks and the note.</param>
internal readonly record struct MapFileLayout(int Rows, int Length, int NoteBytes, uint Check)
{
    /// <summary>Bytes of the footer.</summary>
    public const int FooterBytes = 32;

    private const long Magic = 0x31_5350_414D_4C50; // "PLMAPS1"

    /// <summary>Bytes of all rows.</summary>
    public long RowBytes => (long)Rows * Length * sizeof(float);

    /// <summary>Bytes of the file.</summary>
    public long FileBytes => RowBytes + ((long)Rows * sizeof(uint)) + NoteBytes + FooterBytes;

    /// <summary>Reads a footer; null where it is none.</summary>
    public static MapFileLayout? Read(ReadOnlySpan<byte> footer)
    {
        ReadOnlySpan<int> numbers = MemoryMarshal.Cast<byte, int>(footer);
        var layout = new MapFileLayout(numbers[2], numbers[3], numbers[4], (uint)numbers[5]);
        return MemoryMarshal.Read<long>(footer) == Magic && layout is { Rows: > 0, Length: > 0, NoteBytes: >= 0 } && (uint)numbers[6] == layout.OwnCheck() ? layout : null;
    }

    /// <summary>Writes the footer.</summary>
    public byte[] Write()
    {
        byte[] footer = new byte[FooterBytes];
        MemoryMarshal.Write(footer, Magic);
        Span<int> numbers = MemoryMarshal.Cast<byte, int>(footer.AsSpan());
        (numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]) = (Rows, Length, NoteBytes, (int)Check, (int)OwnCheck());
        return footer;
    }

    /// <summary>CRC-32C of bytes, going on from another.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }

    private uint OwnCheck()
    {
        ReadOnlySpan<int> numbers = [Rows, Length, NoteBytes, (int)Check];
        return Crc(MemoryMarshal.AsBytes(numbers), 1);
    }
}
