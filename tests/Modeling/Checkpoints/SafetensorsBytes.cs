using System.Buffers.Binary;
using System.Text;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>Builds .safetensors files by hand, well-formed or not.</summary>
internal static class SafetensorsBytes
{
    internal static byte[] Of(string header, int dataBytes, ulong? declaredHeaderBytes = null)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, declaredHeaderBytes ?? (ulong)json.Length);
        json.CopyTo(file, 8);
        for (int i = 0; i < dataBytes; i++) file[8 + json.Length + i] = (byte)i;
        return file;
    }
}
