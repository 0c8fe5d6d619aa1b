using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pellucid.Modeling.Tests.Imaging;

/// <summary>Writes small DICOM files, element by element.</summary>
internal sealed class DicomWriter
{
    public const string ImplicitLittle = "1.2.840.10008.1.2", ExplicitLittle = "1.2.840.10008.1.2.1", Deflated = "1.2.840.10008.1.2.1.99",
        ExplicitBig = "1.2.840.10008.1.2.2", Rle = "1.2.840.10008.1.2.5";

    private readonly SortedDictionary<uint, byte[]> _elements = [];
    private readonly string _syntax;

    /// <summary>A gray image; <paramref name="samples"/> are stored as they are.</summary>
    public DicomWriter(int width, int height, int[] samples, int bits = 16, int? stored = null, bool signed = false, string photometric = "MONOCHROME2", string syntax = ExplicitLittle)
    {
        _syntax = syntax;
        int channels = photometric is "RGB" ? 3 : 1;
        Text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x0008_0018, "UI", "1.2.3.4.5").Text(0x0010_0010, "PN", "Doe^Jane");
        Text(0x0020_000D, "UI", "1.2.3.4").Text(0x0020_000E, "UI", "1.2.3.4.1");
        Number(0x0028_0002, channels).Text(0x0028_0004, "CS", photometric).Number(0x0028_0010, height).Number(0x0028_0011, width);
        Number(0x0028_0100, bits).Number(0x0028_0101, stored ?? bits).Number(0x0028_0102, (stored ?? bits) - 1).Number(0x0028_0103, signed ? 1 : 0);
        if (channels == 3) Number(0x0028_0006, 0);
        byte[] pixels = [.. samples.SelectMany(v => bits == 8 ? [(byte)v] : Short(v))];
        _elements[0x7FE0_0010] = syntax == Rle ? Encapsulated(pixels, bits / 8 * channels) : Element(0x7FE0_0010, bits == 8 ? "OB" : "OW", pixels);
    }

    public DicomWriter Text(uint tag, string representation, string value)
    {
        _elements[tag] = Element(tag, representation, Encoding.ASCII.GetBytes(value + (value.Length % 2 == 0 ? string.Empty : representation == "UI" ? "\0" : " ")));
        return this;
    }

    public DicomWriter Number(uint tag, int value)
    {
        _elements[tag] = Element(tag, "US", Short(value));
        return this;
    }

    public DicomWriter Without(uint tag)
    {
        _elements.Remove(tag);
        return this;
    }

    /// <summary>A sequence of undefined length with an item of undefined length that holds one text.</summary>
    public DicomWriter Sequence(uint tag)
    {
        byte[] item = [.. Tag(0xFFFE_E000), .. Long(0xFFFF_FFFF), .. Element(0x0028_1050, "DS", "77"u8.ToArray()), .. Tag(0xFFFE_E00D), .. Long(0)];
        _elements[tag] = [.. Tag(tag), .. IsExplicit ? [(byte)'S', (byte)'Q', 0, 0] : Array.Empty<byte>(), .. Long(0xFFFF_FFFF), .. item, .. Tag(0xFFFE_E0DD), .. Long(0)];
        return this;
    }

    public byte[] File()
    {
        byte[] data = [.. _elements.Values.SelectMany(e => e)];
        if (_syntax == Deflated)
        {
            using var deflated = new MemoryStream();
            using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(data);
            data = deflated.ToArray();
            if (data.Length % 2 != 0) data = [.. data, 0];
        }

        var meta = new DicomWriter(ExplicitLittle);
        byte[] about = [.. meta.Element(0x0002_0001, "OB", [0, 1]), .. Uid(meta, 0x0002_0002, "1.2.840.10008.5.1.4.1.1.7"), .. Uid(meta, 0x0002_0003, "1.2.3.4.5"), .. Uid(meta, 0x0002_0010, _syntax), .. Uid(meta, 0x0002_0012, "1.2.3.9")];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, about.Length);
        return [.. new byte[128], .. "DICM"u8, .. meta.Element(0x0002_0000, "UL", length), .. about, .. data];
    }

    private DicomWriter(string syntax) => _syntax = syntax;

    private bool IsExplicit => _syntax != ImplicitLittle;

    private static byte[] Uid(DicomWriter meta, uint tag, string uid) => meta.Element(tag, "UI", Encoding.ASCII.GetBytes(uid + (uid.Length % 2 == 0 ? string.Empty : "\0")));

    /// <summary>One fragment of run lengths: each byte plane a segment of literal runs, high bytes first (PS3.5 annex G).</summary>
    private byte[] Encapsulated(byte[] pixels, int planes)
    {
        var segments = Enumerable.Range(0, planes).Select(p =>
        {
            // Two bytes a sample: the high one, which comes second, is the first plane.
            byte[] plane = [.. pixels.Where((_, i) => i % planes == (planes == 2 ? 1 - p : p))];
            byte[] runs = [.. plane.Chunk(128).SelectMany(run => (byte[])[(byte)(run.Length - 1), .. run])];
            return runs.Length % 2 == 0 ? runs : [.. runs, 128];
        }).ToArray();
        byte[] header = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(header, planes);
        for (int i = 0, at = 64; i < planes; at += segments[i].Length, i++) BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 + (4 * i)), at);
        byte[] frame = [.. header, .. segments.SelectMany(s => s)];
        return
        [
            .. Tag(0x7FE0_0010), (byte)'O', (byte)'B', 0, 0, .. Long(0xFFFF_FFFF),
            .. Tag(0xFFFE_E000), .. Long(0), .. Tag(0xFFFE_E000), .. Long((uint)frame.Length), .. frame, .. Tag(0xFFFE_E0DD), .. Long(0),
        ];
    }

    private byte[] Element(uint tag, string representation, byte[] value)
    {
        if (value.Length % 2 != 0) value = [.. value, 0];
        if (!IsExplicit) return [.. Tag(tag), .. Long((uint)value.Length), .. value];
        byte[] begin = [.. Tag(tag), .. Encoding.ASCII.GetBytes(representation)];
        return representation is "OB" or "OW" ? [.. begin, 0, 0, .. Long((uint)value.Length), .. value] : [.. begin, .. Short(value.Length), .. value];
    }

    private byte[] Tag(uint tag) => [.. Short((int)(tag >> 16)), .. Short((int)(tag & 0xFFFF))];

    private byte[] Short(int value) => _syntax == ExplicitBig ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];

    private byte[] Long(uint value) => _syntax == ExplicitBig ? [.. Short((int)(value >> 16)), .. Short((int)(value & 0xFFFF))] : [.. Short((int)(value & 0xFFFF)), .. Short((int)(value >> 16))];
}
