using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>The elements of a DICOM file (PS3.10) that say what its image is, and its pixels as they are stored. Patient data is not kept.</summary>
internal sealed class DicomFile
{
    /// <summary>Preamble and "DICM".</summary>
    private const int MetaBegin = 132;

    private readonly Dictionary<DicomTag, ReadOnlyMemory<byte>> _values = [];
    private readonly string _name;
    private bool _bigEndian;

    private DicomFile(string name) => _name = name;

    /// <summary>UID of how the file is written.</summary>
    public string TransferSyntax { get; private set; } = string.Empty;

    /// <summary>The pixel data; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Pixels { get; private set; }

    /// <summary>Whether the pixel data is compressed.</summary>
    public bool IsEncapsulated { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="mostBytes">Most bytes that a deflated data set may unpack to.</param>
    /// <exception cref="PellucidException">It is damaged or incomplete, or written in a way that GDCM does not read.</exception>
    public static DicomFile Read(ReadOnlyMemory<byte> file, string name, long mostBytes)
    {
        var result = new DicomFile(name);
        var meta = new DicomElements(file[MetaBegin..], name, isExplicit: true, bigEndian: false);
        while (meta.HasNext && (uint)meta.Peek() >> 16 == 2)
        {
            ReadOnlyMemory<byte> value = meta.Next(out DicomTag tag, out _);
            if (tag == DicomTag.TransferSyntax) result._values[tag] = value;
        }

        result.TransferSyntax = result.Text(DicomTag.TransferSyntax)
            ?? throw new PellucidException($"The DICOM file {name} names no transfer syntax in its file meta information; it is damaged.");
        if (!TransferSyntaxes.IsRead(result.TransferSyntax))
            throw new PellucidException($"The DICOM file {name} has the transfer syntax {result.TransferSyntax}, which is not read. Uncompressed, deflated, JPEG, JPEG-LS, JPEG 2000 and RLE files are: convert it first.");
        ReadOnlyMemory<byte> data = file[(MetaBegin + meta.Position)..];
        if (result.TransferSyntax == TransferSyntaxes.Deflated) data = Inflate(data, name, mostBytes);
        result._bigEndian = result.TransferSyntax == TransferSyntaxes.ExplicitBigEndian;
        result.ReadData(new DicomElements(data, name, result.TransferSyntax != TransferSyntaxes.ImplicitLittleEndian, result._bigEndian));
        return result;
    }

    /// <summary>Whether an element is there.</summary>
    public bool Has(DicomTag tag) => _values.ContainsKey(tag);

    /// <summary>A text, or null where the element is absent or empty.</summary>
    public string? Text(DicomTag tag) =>
        _values.TryGetValue(tag, out ReadOnlyMemory<byte> value) && Encoding.ASCII.GetString(value.Span).Trim(' ', '\0') is { Length: > 0 } text ? text : null;

    /// <summary>A 16-bit number, or null where the element is absent.</summary>
    public int? UInt16(DicomTag tag)
    {
        if (!_values.TryGetValue(tag, out ReadOnlyMemory<byte> value) || value.Length == 0) return null;
        if (value.Length < 2) throw Unusable(tag, "has one byte where a 16-bit number is needed");
        return _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(value.Span) : BinaryPrimitives.ReadUInt16LittleEndian(value.Span);
    }

    /// <summary>A 16-bit number that must be there.</summary>
    public int Required(DicomTag tag) => UInt16(tag) ?? throw Unusable(tag, "is missing");

    /// <summary>The first of the decimal numbers of an element, or null where it is absent or empty.</summary>
    public double? Decimal(DicomTag tag)
    {
        if (Text(tag) is not { } text) return null;
        string first = text.Split('\\')[0].Trim();
        return double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Unusable(tag, $"is '{first}', which is no number");
    }

    /// <summary>An error about an element.</summary>
    public PellucidException Unusable(DicomTag tag, string why) => new($"The DICOM file {_name} cannot be used: {tag} ({(uint)tag >> 16:X4},{(uint)tag & 0xFFFF:X4}) {why}.");

    private static byte[] Inflate(ReadOnlyMemory<byte> data, string name, long mostBytes)
    {
        try
        {
            using var deflated = new DeflateStream(new MemoryStream(data.ToArray(), writable: false), CompressionMode.Decompress);
            using var result = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = deflated.Read(buffer)) > 0;)
            {
                result.Write(buffer, 0, read);
                if (result.Length > mostBytes)
                    throw new ImageLimitException($"The DICOM file {name} unpacks to more than {mostBytes} bytes; the limit {nameof(ImageLimits.MaxFileBytes)} is {mostBytes}.", nameof(ImageLimits.MaxFileBytes));
            }

            return result.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new PellucidException($"The DICOM file {name} is damaged: its deflated data set cannot be unpacked.", e);
        }
    }

    private void ReadData(DicomElements elements)
    {
        while (elements.HasNext)
        {
            if (elements.Peek() > DicomTag.Pixels) break;
            ReadOnlyMemory<byte> value = elements.Next(out DicomTag tag, out bool undefinedLength);
            if (tag == DicomTag.Pixels) (Pixels, IsEncapsulated) = (value, undefinedLength);
            else if (Enum.IsDefined(tag)) _values[tag] = value;
        }
    }
}
