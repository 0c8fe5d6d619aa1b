using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>Zip archives as torch.save writes them, around any pickle.</summary>
internal static class TorchArchive
{
    internal static byte[] Of(byte[] pickle, params ReadOnlySpan<(string Key, byte[] Bytes)> storages) => Of(CompressionLevel.NoCompression, pickle, storages);

    internal static byte[] Of(CompressionLevel level, byte[] pickle, params ReadOnlySpan<(string Key, byte[] Bytes)> storages)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "archive/data.pkl", pickle, level);
            foreach ((string key, byte[] bytes) in storages) Add(zip, $"archive/data/{key}", bytes, level);
            Add(zip, "archive/version", "3\n"u8, level);
        }

        return stream.ToArray();
    }

    internal static byte[] Floats(int count) => MemoryMarshal.AsBytes(Enumerable.Range(0, count).Select(i => (float)i).ToArray().AsSpan()).ToArray();

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes, CompressionLevel level)
    {
        using Stream entry = zip.CreateEntry(name, level).Open();
        entry.Write(bytes);
    }
}
