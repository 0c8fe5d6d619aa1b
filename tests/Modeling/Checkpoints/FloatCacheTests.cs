using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class FloatCacheTests
{
    [Fact]
    public void EveryPrecisionBecomesFloat32Once()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("m.safetensors");
        float[] values = [.. Enumerable.Range(0, 5000).Select(i => ((i % 1000) - 500) / 8f)];
        SafetensorsWriter.Write(path,
        [
            new("half", HostTensor.Of(Array.ConvertAll(values, v => (Half)v), 50, 100)),
            new("brain", HostTensor.Of(Array.ConvertAll(values, v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)), 5000)),
            new("double", HostTensor.Of(Array.ConvertAll(values, v => (double)v), 5000)),
            new("small", HostTensor.Of([(Half)1.5f, Half.NaN], 2)),
            new("single", HostTensor.Of(values, 5000)),
            new("ids", HostTensor.Of([1L], 1)),
        ]);
        Checkpoint source = CheckpointReader.Open(path);
        var cache = new FloatCache(folder.File("cache"));
        Checkpoint widened = cache.ToFloat32(source);
        Assert.Equal(values, widened.Read("half").Floats.ToArray());
        Assert.Equal(new TensorShape(50, 100), widened["half"].Shape);
        Assert.Equal(values, widened.Read("double").Floats.ToArray());
        Assert.Equal(source.Read("brain").ToFloat32().Floats.ToArray(), widened.Read("brain").Floats.ToArray());
        Assert.Equal(1.5f, widened.Read("small").Floats[0]);
        Assert.IsType<InlineWeight>(widened["small"]);
        Assert.Same(source["single"], widened["single"]);
        Assert.Same(source["ids"], widened["ids"]);
        Assert.Equal(source.ContentHash, widened.ContentHash);
        string file = Assert.Single(Directory.GetFiles(cache.Folder));
        Assert.Equal(file, Assert.IsType<FileWeight>(widened["half"]).Path);

        DateTime written = File.GetLastWriteTimeUtc(file);
        Assert.Equal(file, ((FileWeight)cache.ToFloat32(source)["half"]).Path);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void RenamedAndChangedSourcesHaveFilesOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        var cache = new FloatCache(folder.File("cache"));
        Checkpoint one = Halves(folder, "m", 1);
        Checkpoint swapped = one.Renamed(n => n == "a" ? "b" : "a");
        Assert.Equal(1f, cache.ToFloat32(one).Read("a").Floats[0]);
        Assert.Equal(2f, cache.ToFloat32(swapped).Read("a").Floats[0]);
        Assert.Equal(5f, cache.ToFloat32(Halves(folder, "m", 5)).Read("a").Floats[0]);
        Assert.Equal(3, Directory.GetFiles(cache.Folder).Length);
    }

    [Fact]
    public void ADamagedCacheFileIsWrittenAnew()
    {
        using var folder = new TemporaryFolder();
        var cache = new FloatCache(folder.File("cache"));
        Checkpoint source = Halves(folder, "m", 1);
        cache.ToFloat32(source);
        string file = Assert.Single(Directory.GetFiles(cache.Folder));
        File.WriteAllText(file, "damaged");
        Assert.Equal(1f, cache.ToFloat32(source).Read("a").Floats[0]);
    }

    [Fact]
    public void AFloat32CheckpointComesBackAsItIs()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.File("m"), [new("a", HostTensor.Scalar(1))]);
        Checkpoint source = CheckpointReader.Open(folder.File("m"));
        Assert.Same(source, new FloatCache(folder.File("cache")).ToFloat32(source));
        Assert.False(Directory.Exists(folder.File("cache")));
    }

    [Fact]
    public void AnUnwritableCacheNamesTheWayOut()
    {
        using var folder = new TemporaryFolder();
        string blocked = folder.Write("file", [1]);
        string message = Assert.Throws<PellucidException>(() => new FloatCache(Path.Combine(blocked, "cache")).ToFloat32(Halves(folder, "m", 1))).Message;
        Assert.Contains("PELLUCID_CACHE", message);
    }

    private static Checkpoint Halves(TemporaryFolder folder, string name, int first)
    {
        SafetensorsWriter.Write(folder.File(name),
        [
            new("a", HostTensor.Of(Enumerable.Repeat((Half)first, 5000).ToArray(), 5000)),
            new("b", HostTensor.Of(Enumerable.Repeat((Half)(first + 1), 5000).ToArray(), 5000)),
        ]);
        return CheckpointReader.Open(folder.File(name));
    }
}
