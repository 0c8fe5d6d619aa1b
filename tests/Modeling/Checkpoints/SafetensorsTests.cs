using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    [Fact]
    public void TensorsStayInTheFile()
    {
        string path = Path.Combine(RepositoryPaths.Goldens, "tiny-clip", "model.safetensors");
        Checkpoint checkpoint = CheckpointReader.Open(path);
        Assert.Equal(CheckpointFormat.Safetensors, checkpoint.Format);
        Assert.All(checkpoint.Weights.Values, w => Assert.IsType<FileWeight>(w));
        var logitScale = checkpoint.Read("logit_scale");
        Assert.Equal(TensorShape.Scalar, logitScale.Shape);
        Assert.InRange(logitScale.Floats[0], 0f, 10f);
        Assert.Equal([path], checkpoint.Files);
    }

    [Fact]
    public void BothLayoutsOfTheTinyClipHoldTheSameNumbers()
    {
        string folder = Path.Combine(RepositoryPaths.Goldens, "tiny-clip");
        Checkpoint hf = CheckpointReader.Open(Path.Combine(folder, "model.safetensors"));
        Checkpoint openAi = CheckpointReader.Open(Path.Combine(folder, "openai.safetensors"));
        Assert.Equal(
            hf.Read("vision_model.embeddings.patch_embedding.weight").Floats.ToArray(),
            openAi.Read("visual.conv1.weight").Floats.ToArray());
    }

    [Fact]
    public void AFolderIsOpenedByTheNamesModelsUse() =>
        Assert.EndsWith("model.safetensors", CheckpointReader.Open(Path.Combine(RepositoryPaths.Goldens, "tiny-clip")).Path, StringComparison.Ordinal);

    [Fact]
    public void EveryElementTypeSurvivesARoundTrip()
    {
        using var folder = new TemporaryFolder();
        var tensors = new Dictionary<string, HostTensor>
        {
            ["f64"] = HostTensor.Of([1.5, double.NegativeInfinity], 2),
            ["f32"] = HostTensor.Of([1f, 2f, 3f, 4f, 5f, 6f], 2, 3),
            ["f16"] = HostTensor.Of([(Half)0.5f, Half.Epsilon], 2, 1),
            ["bf16"] = HostTensor.Of(new ushort[] { 0x3f80 }, 1),
            ["i64"] = HostTensor.Of([long.MinValue, long.MaxValue], 2),
            ["i32"] = HostTensor.Of([int.MinValue], 1),
            ["i16"] = HostTensor.Of(new short[] { -7 }, 1),
            ["i8"] = HostTensor.Of(new sbyte[] { -1, 2, 3 }, 3),
            ["u8"] = HostTensor.Of(new byte[] { 255 }, 1),
            ["bool"] = HostTensor.Of([true, false, true], 3),
            ["scalar"] = HostTensor.Scalar(4.5f),
            ["empty"] = HostTensor.Of(Array.Empty<float>(), 8, 0, 4),
            ["näme/0 \"quoted\""] = HostTensor.Of([7f], 1),
        };
        string path = folder.File("all.safetensors");
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt", ["a"] = "b" });
        Checkpoint read = SafetensorsReader.Open(path);
        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), read.Weights.Keys);
        foreach ((string name, HostTensor tensor) in tensors)
        {
            HostTensor back = read.Read(name);
            Assert.Equal(tensor.ElementType, back.ElementType);
            Assert.Equal(tensor.Shape, back.Shape);
            Assert.Equal(tensor.Bytes.ToArray(), back.Bytes.ToArray());
            if (read[name] is FileWeight weight) Assert.Equal(0, weight.Offset % tensor.ElementType.SizeInBytes());
        }

        Assert.Equal("b", read.Metadata["a"]);
        Assert.Equal(["all.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void TheSameTensorsInAnotherOrderGiveTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        KeyValuePair<string, HostTensor>[] tensors =
        [
            new("b", HostTensor.Of([1L], 1)), new("a", HostTensor.Of([2f], 1)), new("c", HostTensor.Of([true], 1)),
        ];
        SafetensorsWriter.Write(folder.File("1"), tensors);
        SafetensorsWriter.Write(folder.File("2"), tensors.Reverse());
        Assert.Equal(File.ReadAllBytes(folder.File("1")), File.ReadAllBytes(folder.File("2")));
        Assert.Equal(CheckpointReader.Open(folder.File("1")).ContentHash, CheckpointReader.Open(folder.File("2")).ContentHash);
    }

    [Fact]
    public void WritingFailsWithoutLeavingAnythingBehind()
    {
        using var folder = new TemporaryFolder();
        KeyValuePair<string, HostTensor>[] twins = [new("a", HostTensor.Scalar(1)), new("a", HostTensor.Scalar(2))];
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), twins));
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => SafetensorsWriter.Write(folder.File("taken"), twins[..1]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void AnUnknownTensorIsNamed()
    {
        Checkpoint checkpoint = CheckpointReader.Open(Path.Combine(RepositoryPaths.Goldens, "tiny-clip", "model.safetensors"));
        Assert.Contains("'no.such'", Assert.Throws<PellucidException>(() => checkpoint["no.such"]).Message);
    }

    [Fact]
    public void TheHashFollowsTheFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("m.safetensors");
        SafetensorsWriter.Write(path, [new("a", HostTensor.Scalar(1))]);
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        Assert.Equal(expected, CheckpointReader.Open(path).ContentHash);
        SafetensorsWriter.Write(path, [new("a", HostTensor.Of([1f, 2f], 2))]);
        Assert.NotEqual(expected, CheckpointReader.Open(path).ContentHash);
    }
}
