using System.Buffers.Binary;
using System.Text;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>Writes pickles opcode by opcode, well-formed or hostile.</summary>
internal sealed class PickleBytes
{
    private readonly MemoryStream _bytes = new();

    public PickleBytes() => Raw(0x80, 2);

    public PickleBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleBytes Op(string opcodes) => Raw(Encoding.Latin1.GetBytes(opcodes));

    public PickleBytes Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleBytes Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Op("X");
        Int32(utf8.Length);
        return Raw(utf8);
    }

    public PickleBytes Number(long value)
    {
        Raw(0x8a, 8);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        return Raw(eight);
    }

    public PickleBytes Numbers(params ReadOnlySpan<long> values)
    {
        Op("(");
        foreach (long value in values) Number(value);
        return Op("t");
    }

    public PickleBytes Storage(string type, string key, long count) =>
        Op("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Number(count).Op("tQ");

    public PickleBytes Tensor(string type, string key, long count, long offset, long[] size, long[] stride) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage(type, key, count).Number(offset).Numbers(size).Numbers(stride)
            .Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");

    public PickleBytes Int32(int value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        return Raw(four);
    }

    public byte[] Stop() => Op(".").ToArray();

    public byte[] ToArray() => _bytes.ToArray();
}
