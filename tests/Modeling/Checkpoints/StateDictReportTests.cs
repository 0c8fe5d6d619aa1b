using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class StateDictReportTests
{
    [Fact]
    public void EveryDifferenceIsListedInOneError()
    {
        using var folder = new TemporaryFolder();
        Checkpoint checkpoint = Sample(folder);
        ExpectedTensor[] expected =
        [
            ExpectedTensor.Of("good", 2, TensorShape.Dynamic), ExpectedTensor.Of("turned", 3, 2), ExpectedTensor.Of("flat", 2, 3),
            ExpectedTensor.Of("gone.b"), ExpectedTensor.Of("gone.a", 7), new ExpectedTensor("perhaps", [1]) { Optional = true },
        ];
        var report = StateDictReport.Compare(checkpoint, expected);
        Assert.Equal(["gone.a [7]", "gone.b []"], report.Missing);
        Assert.Equal(["flat: is [6], must be [2,3]", "turned: is [2,3], must be [3,2]"], report.Misshaped);
        Assert.Equal(["extra.one Float32[]", "extra.two Int64[1]"], report.Extra);
        string message = Assert.Throws<PellucidException>(() => report.ThrowIfUnfit("a test model")).Message;
        Assert.Contains("2 missing, 2 wrongly shaped, 2 unknown", message);
        Assert.All(report.Missing.Concat(report.Misshaped).Concat(report.Extra), line => Assert.Contains(line, message));
    }

    [Fact]
    public void HarmlessAndNamedExtrasAreIgnored()
    {
        using var folder = new TemporaryFolder();
        ExpectedTensor[] expected = [ExpectedTensor.Of("good", 2, 3), ExpectedTensor.Of("turned", 2, 3), ExpectedTensor.Of("flat", 6)];
        var report = StateDictReport.Compare(Sample(folder), expected, ["extra.*"]);
        Assert.True(report.Fits);
        report.ThrowIfUnfit("a test model");
    }

    private static Checkpoint Sample(TemporaryFolder folder)
    {
        string path = folder.File("m.safetensors");
        SafetensorsWriter.Write(path,
        [
            new("good", HostTensor.Of(new float[6], 2, 3)), new("turned", HostTensor.Of(new float[6], 2, 3)), new("flat", HostTensor.Of(new float[6], 6)),
            new("extra.one", HostTensor.Scalar(1)), new("extra.two", HostTensor.Of([1L], 1)),
            new("text.embeddings.position_ids", HostTensor.Of([0L, 1L], 1, 2)), new("bn.num_batches_tracked", HostTensor.Of([0L], TensorShape.Scalar)),
        ]);
        return CheckpointReader.Open(path);
    }
}
