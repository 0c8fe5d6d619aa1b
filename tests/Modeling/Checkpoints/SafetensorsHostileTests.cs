using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class SafetensorsHostileTests
{
    public static TheoryData<string, int, string> Malformed => new()
    {
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", 8, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}""", 8, "not valid JSON" },
        { """{"a\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "not valid JSON" },
        { """{"a":[[[[[[[[[]]]]]]]]]}""", 0, "'a' is no object" },
        { """{"a":{"dtype":"F32","shape":[[[[[]]]]],"data_offsets":[0,8]}}""", 8, "shape of tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'a' occurs twice" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "two dtype" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a' and 'b' overlap" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "before tensor 'b' belong to no tensor" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes after the last tensor" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "'a' ends at byte" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "before it begins" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "data_offsets of tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8.5]}}""", 8, "data_offsets of tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}}""", 8, "data_offsets of tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""", 8, "'a' ends at byte" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", 8, "3 data_offsets" },
        { """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes" },
        { """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape of tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "larger than any file" },
        { """{"a":{"dtype":"F32","shape":[9223372036854775807,0,9223372036854775807],"data_offsets":[0,0]}}""", 0, "larger than any file" },
        { """{"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", 8, "shape of tensor 'a' is no list" },
        { """{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "dtype 'F8_E4M3'" },
        { """{"a":{"dtype":3,"shape":[8],"data_offsets":[0,8]}}""", 8, "dtype of tensor 'a'" },
        { """{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "lacks its dtype" },
        { """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "lacks its shape" },
        { """{"a":{"dtype":"F32","shape":[2]}}""", 8, "lacks its data_offsets" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":"x"}}""", 8, "unknown header field 'code'" },
        { """{"__metadata__":{"x":1}}""", 0, "'x' is no string" },
        { """{"__metadata__":[]}""", 0, "__metadata__ is no object" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "two __metadata__" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void AMalformedHeaderIsRefusedByName(string header, int dataBytes, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.safetensors", SafetensorsBytes.Of(header, dataBytes));
        string message = Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message;
        Assert.Contains(path, message);
        Assert.Contains(reason, message);
    }

    [Theory]
    [InlineData(ulong.MaxValue, "header would be 18446744073709551615 bytes")]
    [InlineData(100_000_001UL, "the limit is 100000000")]
    [InlineData(1000UL, "truncated")]
    public void AnAbsurdHeaderLengthAllocatesNothing(ulong declared, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.safetensors", SafetensorsBytes.Of("{}", 0, declared));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(reason, Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void TooManyDimensionsAndTooLongNamesAreRefused()
    {
        using var folder = new TemporaryFolder();
        string dims = string.Join(",", Enumerable.Repeat("1", CheckpointLimits.MaxRank + 1));
        string deep = folder.Write("a", SafetensorsBytes.Of($$$"""{"a":{"dtype":"U8","shape":[{{{dims}}}],"data_offsets":[0,1]}}""", 1));
        Assert.Contains("more than 64 entries", Assert.Throws<PellucidException>(() => CheckpointReader.Open(deep)).Message);
        string name = new('n', CheckpointLimits.MaxNameLength + 1);
        string wide = folder.Write("b", SafetensorsBytes.Of($$$"""{"{{{name}}}":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1));
        Assert.Contains("1025 characters", Assert.Throws<PellucidException>(() => CheckpointReader.Open(wide)).Message);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("hello, world, this is text", "not a known checkpoint")]
    [InlineData("{\"a\": 1}", "without a weight_map")]
    [InlineData("{\"a\": ", "not valid JSON")]
    public void OtherFilesAreRefusedWithTheWayOut(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("weights.bin", System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Contains(reason, Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message);
    }

    [Fact]
    public void AMissingFileAndAFolderWithoutOneCheckpointAreExplained()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("does not exist", Assert.Throws<PellucidException>(() => CheckpointReader.Open(folder.File("none.pt"))).Message);
        Assert.Contains("holds no checkpoint", Assert.Throws<PellucidException>(() => CheckpointReader.Open(folder.Path)).Message);
        folder.Write("a.pt", [1]);
        folder.Write("b.pth", [1]);
        string message = Assert.Throws<PellucidException>(() => CheckpointReader.Open(folder.Path)).Message;
        Assert.Contains("a.pt, b.pth", message);
    }
}
