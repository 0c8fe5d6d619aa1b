using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>Files written by PyTorch itself, in every container, against the same tensors in .safetensors.</summary>
public sealed class RealCheckpointTests
{
    [Theory]
    [InlineData("medclip-resnet/pytorch_model.bin", "medclip-resnet/model.safetensors", CheckpointFormat.TorchZip)]
    [InlineData("medclip-resnet/pytorch_model.legacy.bin", "medclip-resnet/model.safetensors", CheckpointFormat.TorchLegacy)]
    [InlineData("ct-clip/CT-CLIP_v2.pt", "ct-clip/model.safetensors", CheckpointFormat.TorchZip)]
    [InlineData("pmc-clip/checkpoint.pt", "pmc-clip/model.safetensors", CheckpointFormat.TorchZip)]
    public void PickledTensorsEqualThoseInSafetensors(string file, string reference, CheckpointFormat format)
    {
        Checkpoint read = Open(file).StateDict();
        Checkpoint expected = Open(reference);
        Assert.Equal(format, read.Format);
        Assert.Empty(expected.Weights.Keys.Except(read.Weights.Keys));
        Assert.All(read.Weights.Keys.Except(expected.Weights.Keys), n => Assert.Matches("position_ids$|num_batches_tracked$", n));
        Assert.All(expected.Weights.Keys, name =>
        {
            Assert.Equal(expected[name].Type, read[name].Type);
            Assert.Equal(expected.Read(name).Bytes.ToArray(), read.Read(name).Bytes.ToArray());
        });
    }

    [Theory]
    [InlineData("medclip-resnet/pytorch_model.bin")]
    [InlineData("medclip-resnet/pytorch_model.legacy.bin")]
    [InlineData("clip-modifiedresnet/model_state_dict.pt")]
    [InlineData("clip-modifiedresnet/model_jit_fp16.pt")]
    [InlineData("blip-itm/model_base_retrieval_tiny.pth")]
    public void RowMajorTensorsStayInTheFile(string file)
    {
        Checkpoint checkpoint = Open(file);
        int inFile = checkpoint.Weights.Values.Count(w => w is FileWeight);
        Assert.InRange(inFile, (int)(checkpoint.Weights.Count * 0.8), checkpoint.Weights.Count);
        Assert.All(checkpoint.Weights.Values.OfType<FileWeight>(), w => Assert.Equal(checkpoint.Path, w.Path));
    }

    [Fact]
    public void TheTwoFormsOfAnOpenAiModelAgree()
    {
        Checkpoint script = Open("clip-modifiedresnet/model_jit_fp16.pt");
        Checkpoint dictionary = Open("clip-modifiedresnet/model_state_dict.pt").StateDict();
        Assert.Equal(CheckpointFormat.TorchScript, script.Format);
        Assert.Contains("constants", script.Containers);
        Checkpoint state = script.StateDict();
        Assert.DoesNotContain(state.Weights.Keys, n => n.StartsWith("constants", StringComparison.Ordinal));
        Assert.All(dictionary.Weights.Keys.Except(state.Weights.Keys), n => Assert.EndsWith("num_batches_tracked", n, StringComparison.Ordinal));
        Assert.Equal(ElementType.Float16, state["visual.conv1.weight"].Type.Element);
        using var cache = new TemporaryFolder();
        Checkpoint widened = new FloatCache(cache.Path).ToFloat32(state);
        foreach (string name in dictionary.Weights.Keys.Intersect(state.Weights.Keys))
        {
            HostTensor exact = dictionary.Read(name).ToFloat32();
            HostTensor half = widened.Read(name).ToFloat32();
            Assert.Equal(exact.Shape, half.Shape);
            for (int i = 0; i < exact.Length; i++) Assert.InRange(Math.Abs(exact.Floats[i] - half.Floats[i]), 0, 1e-6f + (MathF.Abs(exact.Floats[i]) / 1024));
        }
    }

    [Fact]
    public void ThePartsOfASplitModelMakeTheWhole()
    {
        Checkpoint whole = Open("pmc-clip/model.safetensors");
        Checkpoint projection = Open("pmc-clip/text_projection_layer.pth");
        Assert.Equal([Checkpoint.BareTensorName], projection.Weights.Keys);
        Checkpoint parts = CheckpointViews.Combine(
            Open("pmc-clip/image_encoder(resnet50).pth").WithPrefix("visual."),
            projection.Renamed(_ => "text_projection"));
        Assert.Equal(2, parts.Files.Count);
        Assert.All(parts.Weights.Keys.Intersect(whole.Weights.Keys), n => Assert.Equal(whole.Read(n).Bytes.ToArray(), parts.Read(n).Bytes.ToArray()));
        Assert.Contains("text_projection", whole.Weights.Keys);
        Assert.Contains("visual.conv1.weight", parts.Weights.Keys);
    }

    [Fact]
    public void WrappersAreUnpackedAndTheOptimizerLeftBehind()
    {
        Checkpoint pmc = Open("pmc-clip/checkpoint.pt");
        Assert.Contains("state_dict", pmc.Containers);
        Assert.Contains("optimizer", pmc.Containers);
        Assert.Contains(pmc.Weights.Keys, n => n.StartsWith("optimizer/", StringComparison.Ordinal));
        Assert.All(pmc.StateDict().Weights.Keys, n => Assert.DoesNotMatch("^module\\.|^optimizer|/", n));
        Checkpoint blip = Open("blip-itm/model_base_retrieval_tiny.pth");
        Assert.Equal(["model"], blip.Containers);
        Assert.Contains("visual_encoder.cls_token", blip.StateDict().Weights.Keys);
    }

    [Fact]
    public void ScalarsAndTensorsWithoutElementsAreRead()
    {
        Checkpoint ct = Open("ct-clip/CT-CLIP_v2.pt");
        Assert.Equal(TensorShape.Scalar, ct["temperature"].Shape);
        Weight nullKv = ct.Weights.First(w => w.Key.EndsWith("null_kv", StringComparison.Ordinal)).Value;
        Assert.Equal(0, nullKv.Read().Length);
        Assert.Equal(3, nullKv.Shape.Rank);
    }

    private static Checkpoint Open(string file) => CheckpointReader.Open(Path.Combine(RepositoryPaths.Goldens, "models", file));
}
