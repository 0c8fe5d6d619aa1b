using System.Buffers.Binary;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>Walks over the data elements of a data set (PS3.5 section 7) without looking into sequences.</summary>
/// <param name="data">The data set.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="isExplicit">Whether elements say their value representation.</param>
/// <param name="bigEndian">Byte order.</param>
internal sealed class DicomElements(ReadOnlyMemory<byte> data, string name, bool isExplicit, bool bigEndian)
{
    private const uint Undefined = 0xFFFF_FFFF;

    private const int DeepestSequence = 64;

    private int _position;

    /// <summary>Where the next element begins.</summary>
    public int Position => _position;

    /// <summary>Whether there is another element.</summary>
    public bool HasNext => _position < data.Length;

    /// <summary>Tag of the next element.</summary>
    public DicomTag Peek()
    {
        Need(4);
        return Tag(data.Span[_position..]);
    }

    /// <summary>Steps over an element and gives its value; that of a sequence or of fragments is all that lies between its begin and end.</summary>
    public ReadOnlyMemory<byte> Next(out DicomTag tag, out bool undefinedLength) => Next(out tag, out undefinedLength, 0);

    private ReadOnlyMemory<byte> Next(out DicomTag tag, out bool undefinedLength, int depth)
    {
        if (depth > DeepestSequence) throw new PellucidException($"The DICOM file {name} has sequences in sequences more than {DeepestSequence} deep; it is damaged.");
        (tag, uint length, bool implicitContent) = Header();
        undefinedLength = length == Undefined;
        int begin = _position;
        if (undefinedLength)
        {
            SkipItems(implicitContent, depth);
            return data[begin..(_position - 8)];
        }

        if (length > (uint)(data.Length - _position))
            throw new PellucidException($"The DICOM file {name} is incomplete: element {Text(tag)} says that it has {length} bytes, and {data.Length - _position} are left.");
        _position += (int)length;
        return data.Slice(begin, (int)length);
    }

    private (DicomTag Tag, uint Length, bool ImplicitContent) Header()
    {
        Need(8);
        ReadOnlySpan<byte> at = data.Span[_position..];
        DicomTag tag = Tag(at);
        if (!isExplicit || tag is DicomTag.Item or DicomTag.ItemEnd or DicomTag.SequenceEnd)
        {
            _position += 8;
            return (tag, UInt32(at[4..]), false);
        }

        if (at[4..6] is not [>= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z'])
            throw new PellucidException($"The DICOM file {name} is damaged: element {Text(tag)} at byte {_position} of the data set has no value representation.");
        if (at[4..6] is not ([(byte)'O', _] or [(byte)'S', (byte)'Q'] or [(byte)'S', (byte)'V'] or [(byte)'U', (byte)'C' or (byte)'N' or (byte)'R' or (byte)'T' or (byte)'V']))
        {
            _position += 8;
            return (tag, bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(at[6..]), false);
        }

        Need(12);
        _position += 12;
        return (tag, UInt32(at[8..]), at[4..6].SequenceEqual("UN"u8));
    }

    /// <summary>Items up to the end of their sequence; those of an unknown representation are written implicitly (PS3.5 section 6.2.2).</summary>
    private void SkipItems(bool implicitContent, int depth)
    {
        DicomElements inner = implicitContent ? new DicomElements(data, name, isExplicit: false, bigEndian: false) { _position = _position } : this;
        while (true)
        {
            (DicomTag tag, uint length, _) = inner.Header();
            if (tag == DicomTag.SequenceEnd) break;
            if (tag != DicomTag.Item) throw new PellucidException($"The DICOM file {name} is damaged: {Text(tag)} stands where an item of a sequence should.");
            if (length != Undefined)
            {
                if (length > (uint)(data.Length - inner._position))
                    throw new PellucidException($"The DICOM file {name} is incomplete: an item says that it has {length} bytes, and {data.Length - inner._position} are left.");
                inner._position += (int)length;
                continue;
            }

            while (inner.Peek() != DicomTag.ItemEnd) _ = inner.Next(out _, out _, depth + 1);
            _ = inner.Header();
        }

        _position = inner._position;
    }

    private void Need(int bytes)
    {
        if (data.Length - _position < bytes) throw new PellucidException($"The DICOM file {name} is incomplete: it ends within an element.");
    }

    private DicomTag Tag(ReadOnlySpan<byte> at) => (DicomTag)(bigEndian
        ? ((uint)BinaryPrimitives.ReadUInt16BigEndian(at) << 16) | BinaryPrimitives.ReadUInt16BigEndian(at[2..])
        : ((uint)BinaryPrimitives.ReadUInt16LittleEndian(at) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(at[2..]));

    private uint UInt32(ReadOnlySpan<byte> at) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    private static string Text(DicomTag tag) => $"({(uint)tag >> 16:X4},{(uint)tag & 0xFFFF:X4})";
}
