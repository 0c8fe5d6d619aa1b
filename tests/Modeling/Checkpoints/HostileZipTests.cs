using System.Buffers.Binary;
using System.IO.Compression;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class HostileZipTests
{
    private static readonly byte[] Pickle = new PickleBytes().Op("}").Text("w").Tensor("FloatStorage", "0", 4, 0, [4], [1]).Op("s").Stop();

    [Fact]
    public void ACompressionBombIsRefusedBeforeItIsInflated()
    {
        const int count = 64 << 20;
        byte[] pickle = new PickleBytes().Op("}").Text("w").Tensor("FloatStorage", "0", count, 0, [count], [1]).Op("s").Stop();
        byte[] archive = TorchArchive.Of(CompressionLevel.SmallestSize, pickle, ("0", new byte[4 * count]));
        Assert.InRange(archive.Length, 0, 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(archive, "needs 268435456 bytes of memory");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void SizesThatDoNotFitAreRefused()
    {
        byte[] archive = TorchArchive.Of(CompressionLevel.Optimal, Pickle, ("0", TorchArchive.Floats(4)));
        int directory = archive.AsSpan().IndexOf(new byte[] { 0x50, 0x4b, 1, 2 });
        Change(archive, directory + 24, 1_000_000, "claims to inflate", "does not inflate");
        Change(archive, directory + 24, 20, "does not inflate");
        Change(archive, directory + 24, uint.MaxValue, "longer than");
        Change(archive, directory + 20, 0x7fffffff, "outside the file");
        Change(archive, directory + 42, 0x7fffffff, "outside the file");
        Change(archive, directory + 42, 1, "disagree");
        Change(archive, directory + 8, 1, "encrypted");
        Change(archive, directory + 10, 12, "compressed by method 12");
    }

    [Fact]
    public void ADirectoryThatLiesIsRefused()
    {
        byte[] archive = TorchArchive.Of(Pickle, ("0", TorchArchive.Floats(4)));
        int end = archive.Length - 22;
        Change(archive, end + 12, 0x7fffffff, "longer than");
        Change(archive, end + 12, 60_000_000, "outside the file");
        Change(archive, end + 16, 0x7fffffff, "outside the file");
        Change(archive, end + 8, 0x7fff7fff, "cannot hold");
        Change(archive, end + 16, uint.MaxValue, "zip64 locator");
        Change(archive, end + 16, 1, "zip directory is corrupt");
        Refused(archive[..^1], "truncated");
        Refused(archive[..(archive.Length / 2)], "truncated");
        Refused(archive[..4], "truncated", "without its directory");
    }

    [Fact]
    public void ArchivesOfOtherKindsAreExplained()
    {
        Refused(Zip(("readme.txt", "x"u8.ToArray())), "without a data.pkl");
        Refused(Zip(("a/data.pkl", Pickle), ("b/data.pkl", Pickle)), "2 data.pkl files");
        Refused(Zip(("a/data.pkl", Pickle), ("a/data.pkl", Pickle)), "occurs twice");
        Refused(Zip(("a/data.pkl", Pickle), ("a/byteorder", "big"u8.ToArray()), ("a/data/0", TorchArchive.Floats(4))), "big-endian");
        Refused(Zip(("a/data.pkl", Pickle), ("a/data/0", TorchArchive.Floats(3))), "should hold 4 elements");
    }

    private static void Change(byte[] archive, int at, uint value, params ReadOnlySpan<string> reasons)
    {
        byte[] changed = [.. archive];
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at), value);
        Refused(changed, reasons);
    }

    private static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Bytes)> entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static void Refused(byte[] archive, params ReadOnlySpan<string> reasons)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.pt", archive);
        string message = Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message;
        foreach (string reason in reasons) if (message.Contains(reason, StringComparison.Ordinal)) return;
        Assert.Contains(reasons[0], message);
    }
}
