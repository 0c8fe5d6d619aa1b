using System.IO.Compression;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>Views into storages: shared, offset, transposed, expanded, compressed.</summary>
public sealed class TorchTensorTests
{
    public static TheoryData<long, long[], long[], float[], bool> Views => new()
    {
        { 0, [2, 3], [3, 1], [0, 1, 2, 3, 4, 5], true },
        { 4, [2], [1], [4, 5], true },
        { 3, [], [], [3], true },
        { 0, [1, 6, 1], [77, 1, 99], [0, 1, 2, 3, 4, 5], true },
        { 0, [3, 2], [1, 3], [0, 3, 1, 4, 2, 5], false },
        { 1, [2, 2], [3, 1], [1, 2, 4, 5], false },
        { 2, [2, 3], [0, 0], [2, 2, 2, 2, 2, 2], false },
        { 0, [2, 0, 3], [3, 3, 1], [], false },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void OffsetAndStridesAreHonored(long offset, long[] size, long[] stride, float[] expected, bool inFile)
    {
        byte[] pickle = new PickleBytes().Tensor("FloatStorage", "0", 6, offset, size, stride).Stop();
        foreach (CompressionLevel level in new[] { CompressionLevel.NoCompression, CompressionLevel.Optimal })
        {
            using var folder = new TemporaryFolder();
            Checkpoint read = CheckpointReader.Open(folder.Write("m.pt", TorchArchive.Of(level, pickle, ("0", TorchArchive.Floats(6)))));
            Assert.Equal(inFile && level == CompressionLevel.NoCompression, read[Checkpoint.BareTensorName] is FileWeight);
            HostTensor tensor = read.Read(Checkpoint.BareTensorName);
            Assert.Equal(new TensorShape(size), tensor.Shape);
            Assert.Equal(expected, tensor.Floats.ToArray());
        }
    }

    [Fact]
    public void AStorageMayBeSharedByTensorsOfSeveralNames()
    {
        byte[] pickle = new PickleBytes().Global("collections", "OrderedDict").Op(")R(")
            .Text("a").Tensor("FloatStorage", "0", 4, 0, [4], [1])
            .Text("b").Tensor("FloatStorage", "0", 4, 2, [2], [1]).Op("u").Stop();
        using var folder = new TemporaryFolder();
        Checkpoint read = CheckpointReader.Open(folder.Write("m.pt", TorchArchive.Of(pickle, ("0", TorchArchive.Floats(4)))));
        Assert.Equal(((FileWeight)read["a"]).Offset + 8, ((FileWeight)read["b"]).Offset);
    }

    [Fact]
    public void NestedDictionariesAndListsNameTheirTensorsByPath()
    {
        byte[] pickle = new PickleBytes().Op("}(")
            .Text("x").Op("](").Tensor("FloatStorage", "0", 4, 0, [1], [1]).Op("}").Number(7).Tensor("FloatStorage", "0", 4, 1, [1], [1]).Op("se")
            .Text("n").Number(3).Op("u").Stop();
        using var folder = new TemporaryFolder();
        Checkpoint read = CheckpointReader.Open(folder.Write("m.pt", TorchArchive.Of(pickle, ("0", TorchArchive.Floats(4)))));
        Assert.Equal(["x/0", "x/1/7"], read.Weights.Keys);
        Assert.Equal(["x"], read.Containers);
    }

    public static TheoryData<long, long, long[], long[], string> Impossible => new()
    {
        { 6, 5, [2], [1], "reaches to element 6 of a storage of 6" },
        { 6, 0, [2, 3], [4, 1], "reaches to element 6" },
        { 6, -1, [2], [1], "offset -1" },
        { 6, 0, [-2], [1], "size -2" },
        { 6, 0, [2], [-1], "stride -1" },
        { 6, 0, [2, 3], [1], "2 sizes and 1 strides" },
        { 6, 0, [long.MaxValue, long.MaxValue], [0, 0], "larger than any file" },
        { 6, 0, [long.MaxValue], [0], "larger than any file" },
        { 6, 0, [1L << 40], [0], "needs 4398046511104 bytes of memory" },
        { 6, long.MaxValue, [1], [1], "reaches to element" },
        { 7, 0, [6], [1], "should hold 7 elements" },
        { long.MaxValue, 0, [1L << 61], [1], "should hold 9223372036854775807 elements" },
        { -1, 0, [6], [1], "-1 elements" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void ATensorThatCannotBeIsRefused(long count, long offset, long[] size, long[] stride, string reason)
    {
        byte[] pickle = new PickleBytes().Op("}").Text("w").Tensor("FloatStorage", "0", count, offset, size, stride).Op("s").Stop();
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.pt", TorchArchive.Of(pickle, ("0", TorchArchive.Floats(6))));
        Assert.Contains(reason, Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message);
    }

    [Fact]
    public void AMissingStorageIsNamed()
    {
        byte[] pickle = new PickleBytes().Op("}").Text("w").Tensor("FloatStorage", "9", 6, 0, [6], [1]).Op("s").Stop();
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.pt", TorchArchive.Of(pickle, ("0", TorchArchive.Floats(6))));
        Assert.Contains("tensor 'w' lies in the storage 'archive/data/9'", Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message);
    }
}
