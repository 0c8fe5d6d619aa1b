using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class ShardIndexTests
{
    [Fact]
    public void ShardsBecomeOneCheckpoint()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        WriteIndex(folder, """{"metadata":{"total_size":8},"weight_map":{"a":"m-1.safetensors","b":"m-2.safetensors"}}""");
        Checkpoint checkpoint = CheckpointReader.Open(folder.Path);
        Assert.Equal(CheckpointFormat.Sharded, checkpoint.Format);
        Assert.Equal(["a", "b"], checkpoint.Weights.Keys);
        Assert.Equal(2f, checkpoint.Read("b").Floats[0]);
        Assert.Equal("8", checkpoint.Metadata["total_size"]);
        Assert.Equal(3, checkpoint.Files.Count);
        Assert.Matches("^[0-9a-f]{64}$", checkpoint.ContentHash);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"m-1.safetensors","b":"m-3.safetensors"}}""", "m-3.safetensors")]
    [InlineData("""{"weight_map":{"a":"m-1.safetensors","b":"m-1.safetensors","c":"m-1.safetensors"}}""", "b (m-1.safetensors), c (m-1.safetensors)")]
    [InlineData("""{"weight_map":{"a":"../m-1.safetensors"}}""", "no plain file name")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "no plain file name")]
    [InlineData("""{"weight_map":{"a":"model.safetensors.index.json"}}""", "not a known checkpoint")]
    [InlineData("""{"weight_map":{"a":"m-1.safetensors","a":"m-2.safetensors"}}""", "occurs twice")]
    [InlineData("""{"weight_map":{"a":7}}""", "'a' is no string")]
    [InlineData("""{"weight_map":{}}""", "without a weight_map")]
    [InlineData("""{"weight_map":{"a":"m-1.safetensors"}} x""", "not valid JSON")]
    public void ABadIndexIsRefused(string index, string reason)
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        WriteIndex(folder, index);
        Assert.Contains(reason, Assert.Throws<PellucidException>(() => CheckpointReader.Open(folder.Path)).Message);
    }

    private static void WriteShards(TemporaryFolder folder)
    {
        SafetensorsWriter.Write(folder.File("m-1.safetensors"), [new("a", HostTensor.Scalar(1))]);
        SafetensorsWriter.Write(folder.File("m-2.safetensors"), [new("b", HostTensor.Scalar(2))]);
    }

    private static void WriteIndex(TemporaryFolder folder, string json) =>
        folder.Write("model.safetensors.index.json", System.Text.Encoding.UTF8.GetBytes(json));
}
