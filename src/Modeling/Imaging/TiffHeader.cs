using System.Buffers.Binary;

namespace Pellucid.Modeling.Imaging;

/// <summary>What libvips does not tell of a TIFF file: whether its first page is a palette image.</summary>
internal static class TiffHeader
{
    private const int PhotometricTag = 262;
    private const int PhotometricPalette = 3;

    /// <summary>Walks the first directory; damaged files are libtiff's to refuse, so an entry out of bounds just ends the walk.</summary>
    public static bool IsPalette(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16) return false;
        bool little = file[0] == 'I';
        bool big = U16(file, 2, little) == 43;
        ulong directory = big ? U64(file, 8, little) : U32(file, 4, little);
        (int countSize, int entrySize) = big ? (8, 20) : (2, 12);
        if (directory > (ulong)(file.Length - countSize)) return false;
        int at = (int)directory;
        ulong count = big ? U64(file, at, little) : U16(file, at, little);
        at += countSize;
        for (ulong i = 0; i < count && at <= file.Length - entrySize; i++, at += entrySize)
        {
            // A short's value lies in the entry itself.
            if (U16(file, at, little) == PhotometricTag) return U16(file, at + (big ? 12 : 8), little) == PhotometricPalette;
        }

        return false;
    }

    private static ushort U16(ReadOnlySpan<byte> file, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(file[at..]) : BinaryPrimitives.ReadUInt16BigEndian(file[at..]);

    private static uint U32(ReadOnlySpan<byte> file, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(file[at..]) : BinaryPrimitives.ReadUInt32BigEndian(file[at..]);

    private static ulong U64(ReadOnlySpan<byte> file, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt64LittleEndian(file[at..]) : BinaryPrimitives.ReadUInt64BigEndian(file[at..]);
}
