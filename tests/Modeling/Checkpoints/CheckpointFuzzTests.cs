using System.Diagnostics;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>
/// Seeded mutations of real and hand-made files: each opens or is refused with a <see cref="PellucidException"/>, quickly and
/// without memory out of proportion. The seed of a failing case is in its message.
/// </summary>
public sealed class CheckpointFuzzTests
{
    private const int Cases = 800;

    public static TheoryData<string> Sources => new("safetensors", "zip", "deflated", "pickle", "legacy", "script", "index");

    [Theory]
    [MemberData(nameof(Sources))]
    public void MutatedFilesNeverEscape(string source)
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.File("shard.safetensors"), [new("a", HostTensor.Scalar(1))]);
        byte[] original = Source(source);
        (int from, int to) = Interesting(source, original);
        int openedCount = 0;
        var watch = Stopwatch.StartNew();
        for (int seed = 0; seed < Cases; seed++)
        {
            byte[] mutated = Mutate(original, from, to, new Random(seed));
            string path = folder.Write("fuzzed", mutated);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Checkpoint opened = CheckpointReader.Open(path);
                openedCount++;
                foreach (string name in opened.Weights.Keys)
                {
                    if (opened[name].Shape.ElementCount() < 1 << 20) opened.Read(name);
                }
            }
            catch (PellucidException)
            {
                // The one way to fail that is allowed.
            }
            catch (Exception e)
            {
                Assert.Fail($"{source}, seed {seed}: {e}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 256L << 20, $"{source}, seed {seed}: {allocated} bytes allocated for a file of {mutated.Length}");
        }

        // Mutations that never, or always, survive would test little.
        Assert.InRange(openedCount, 1, Cases - (Cases / 4));
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"{source}: {Cases} cases took {watch.Elapsed}");
    }

    private static byte[] Source(string source)
    {
        byte[] pickle = new PickleBytes().Op("}(")
            .Text("module.a").Tensor("FloatStorage", "0", 12, 2, [3, 2], [1, 3])
            .Text("b").Op("](").Tensor("HalfStorage", "1", 24, 0, [2, 3, 4], [12, 4, 1]).Op("e").Text("epoch").Number(3).Op("u").Stop();
        return source switch
        {
            "safetensors" => File.ReadAllBytes(Path.Combine(RepositoryPaths.Goldens, "tiny-clip", "outputs.safetensors")),
            "zip" => TorchArchive.Of(pickle, ("0", TorchArchive.Floats(12)), ("1", TorchArchive.Floats(12))),
            "pickle" => TorchArchive.Of(pickle, ("0", TorchArchive.Floats(12)), ("1", TorchArchive.Floats(12))),
            "deflated" => TorchArchive.Of(System.IO.Compression.CompressionLevel.Optimal, pickle, ("0", TorchArchive.Floats(12)), ("1", TorchArchive.Floats(12))),
            "legacy" => Legacy(),
            "script" => File.ReadAllBytes(Path.Combine(RepositoryPaths.Goldens, "models", "pmc-clip", "text_projection_layer.pth")),
            _ => """{"metadata":{"total_size":4},"weight_map":{"a":"shard.safetensors"}}"""u8.ToArray(),
        };
    }

    private static byte[] Legacy()
    {
        byte[] magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
        byte[] machine = new PickleBytes().Op("}").Text("little_endian").Raw(0x88).Op("s").Stop();
        byte[] tensors = new PickleBytes().Op("}").Text("w").Tensor("FloatStorage", "7", 6, 0, [3, 2], [1, 3]).Op("s").Stop();
        byte[] keys = new PickleBytes().Op("]").Text("7").Op("a").Stop();
        return [.. magic, .. new PickleBytes().Number(1001).Stop(), .. machine, .. tensors, .. keys, 6, 0, 0, 0, 0, 0, 0, 0, .. TorchArchive.Floats(6)];
    }

    /// <summary>Where the structure is: mutating tensor data shows nothing.</summary>
    private static (int From, int To) Interesting(string source, byte[] bytes) => source switch
    {
        "safetensors" => (0, 8 + (int)BitConverter.ToInt64(bytes)),
        "pickle" => (46, bytes.AsSpan().IndexOf("archive/data/0"u8) - 30),
        "script" => (0, Math.Min(bytes.Length, 600)),
        _ => (0, bytes.Length),
    };

    private static byte[] Mutate(byte[] original, int from, int to, Random random)
    {
        var bytes = new List<byte>(original);
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > from + 1; changes--)
        {
            int at = random.Next(from, Math.Min(to, bytes.Count));
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0; break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                case 4: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 5: bytes.RemoveRange(at, bytes.Count - at); break;
                default:
                    for (int i = 0; i < 4 && at + i < bytes.Count; i++) bytes[at + i] = i == 3 ? (byte)0x7f : (byte)0xff;
                    break;
            }
        }

        return [.. bytes];
    }
}
