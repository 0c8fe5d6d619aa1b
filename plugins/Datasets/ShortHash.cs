using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pellucid.Plugins.Datasets;

/// <summary>Stands for a text where many must be remembered.</summary>
internal static class ShortHash
{
    /// <summary>The first 128 bits of the text's SHA-256.</summary>
    public static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
