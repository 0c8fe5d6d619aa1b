using System.Security.Cryptography;
using System.Text;

namespace Pellucid.Plugins.Datasets.ConceptualCaptions;

/// <summary>Names of downloaded images.</summary>
internal static class LocalName
{
    /// <summary>Name of the file of a row; null where its address has none.</summary>
    /// <param name="source">Address or path that stands in the row.</param>
    /// <param name="row">Number of the row, from 0.</param>
    /// <param name="naming">How files are named.</param>
    public static string? Of(string source, long row, ImageNaming naming) => naming switch
    {
        ImageNaming.Row => $"{row:D9}",
        // MD5 is how files were named, nothing is protected by it.
        ImageNaming.Md5 => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(source))),
        ImageNaming.RowCrc32 => $"{row}_{Crc32(Encoding.UTF8.GetBytes(source))}",
        _ when !CaptionColumns.IsAddress(source) => source,
        _ => Uri.UnescapeDataString(new Uri(source).Segments[^1]) is { Length: > 1 } last && !last.EndsWith('/') ? last : null,
    };

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        return ~crc;
    }
}
