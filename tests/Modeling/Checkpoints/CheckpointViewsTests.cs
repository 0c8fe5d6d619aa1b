using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class CheckpointViewsTests
{
    [Fact]
    public void ThePrefixOfDataParallelGoesOnlyWhenAllHaveIt()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["a", "b"], Write(folder, "module.a", "module.b").StateDict().Weights.Keys);
        Assert.Equal(["b", "module.a"], Write(folder, "module.a", "b").StateDict().Weights.Keys);
    }

    [Fact]
    public void ViewsKeepFilesAndHash()
    {
        using var folder = new TemporaryFolder();
        Checkpoint whole = Write(folder, "visual.a", "text.b");
        Checkpoint part = whole.Under("visual.").WithPrefix("vision.");
        Assert.Equal(["vision.a"], part.Weights.Keys);
        Assert.Same(whole["visual.a"], part["vision.a"]);
        Assert.Equal(whole.ContentHash, part.ContentHash);
    }

    [Fact]
    public void ALinkIsFollowedToTheFileThatIsMapped()
    {
        using var folder = new TemporaryFolder();
        Checkpoint target = Write(folder, "a");
        string link = folder.File("link.safetensors");
        File.CreateSymbolicLink(link, target.Path);
        Checkpoint linked = CheckpointReader.Open(link);
        Assert.Equal(link, linked.Path);
        Assert.Equal(target.Path, Assert.IsType<FileWeight>(linked["a"]).Path);
        Assert.Equal(target.ContentHash, linked.ContentHash);
    }

    [Fact]
    public void CombiningRefusesANameInTwoFiles()
    {
        using var folder = new TemporaryFolder();
        Checkpoint a = Write(folder, "a");
        Checkpoint b = Write(folder, "b");
        Assert.Equal(["a", "b"], CheckpointViews.Combine(a, b).Weights.Keys);
        Assert.Equal(2, CheckpointViews.Combine(a, b).Files.Count);
        Assert.Contains("'a'", Assert.Throws<PellucidException>(() => CheckpointViews.Combine(a, a.Renamed(n => n))).Message);
        Assert.Contains("two tensors would be named 'x'", Assert.Throws<PellucidException>(() => Write(folder, "p", "q").Renamed(_ => "x")).Message);
    }

    private static Checkpoint Write(TemporaryFolder folder, params string[] names)
    {
        string path = folder.File(string.Join('+', names) + ".safetensors");
        SafetensorsWriter.Write(path, names.Select(n => new KeyValuePair<string, HostTensor>(n, HostTensor.Scalar(1))));
        return CheckpointReader.Open(path);
    }
}
