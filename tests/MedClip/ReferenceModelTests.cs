using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.MedClip.Tests;

/// <summary>MedCLIP against what its published code gives, layer by layer.</summary>
public sealed class ReferenceModelTests
{
    [Theory]
    [InlineData("medclip-swin", 17)]
    [InlineData("medclip-resnet", 11)]
    public async Task Every_intermediate_tensor_agrees_with_the_published_code(string name, int tensors)
    {
        string folder = Folder(name);
        using LoadedModel loaded = await LoadedModel.FromAsync(folder);
        Checkpoint inputs = CheckpointReader.Open(Path.Combine(folder, "inputs.safetensors")), outputs = CheckpointReader.Open(Path.Combine(folder, "outputs.safetensors"));
        int compared = 0;
        foreach ((Modality side, string input) in new[] { (Modality.Image, "pixel_values"), (Modality.Text, "input_ids") })
        {
            foreach (string tap in loaded.Model.Taps(side).Where(outputs.Contains))
            {
                HostTensor expected = outputs.Read(tap);
                HostTensor actual = (await loaded.Model.ReadTapsAsync(side, inputs.Read(input), [tap]))[tap];
                Numbers.AssertClose(expected.Floats, actual.Rows(0, expected.Shape[0]).Floats, tap);
                compared++;
            }
        }

        Assert.Equal(tensors, compared);
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model.legacy.bin")]
    public async Task Every_container_gives_the_same_embeddings(string file)
    {
        HostTensor pixels = CheckpointReader.Open(Path.Combine(Folder("medclip-resnet"), "inputs.safetensors")).Read("pixel_values");
        using LoadedModel folder = await LoadedModel.FromAsync(Folder("medclip-resnet"));
        using LoadedModel single = await LoadedModel.FromAsync(Path.Combine(Folder("medclip-resnet"), file));
        Assert.Equal((await folder.Model.EmbedImagesAsync(pixels)).Floats.ToArray(), (await single.Model.EmbedImagesAsync(pixels)).Floats.ToArray());
    }

    [Theory]
    [InlineData("medclip-swin")]
    [InlineData("medclip-resnet")]
    public async Task Gradients_of_many_targets_are_those_of_each_alone(string name)
    {
        using LoadedModel loaded = await LoadedModel.FromAsync(Folder(name));
        HostTensor pixels = CheckpointReader.Open(Path.Combine(Folder(name), "inputs.safetensors")).Read("pixel_values").Rows(0, 1);
        EmbeddingDimensionTarget[] targets = [.. Enumerable.Range(0, 6).Select(d => new EmbeddingDimensionTarget(d))];
        HostTensor together = (await loaded.Model.GradientsAsync(pixels, targets)).Gradients;
        for (int k = 0; k < targets.Length; k++)
        {
            HostTensor alone = (await loaded.Model.GradientsAsync(pixels, [targets[k]])).Gradients;
            Numbers.AssertClose(alone.Floats, together.Rows(k, 1).Floats, targets[k].Describe());
        }
    }

    [Fact]
    public async Task Images_that_cannot_be_cut_into_windows_are_refused_with_their_size()
    {
        using LoadedModel loaded = await LoadedModel.FromAsync(Folder("medclip-swin"));
        Assert.Contains("112x100", Assert.Throws<PellucidException>(() => loaded.Model.ImageEncoder(new ImageSize(112, 100))).Message, StringComparison.Ordinal);
        Assert.Contains("windows of 7 x 7", Assert.Throws<PellucidException>(() => loaded.Model.ImageEncoder(new ImageSize(96, 112))).Message, StringComparison.Ordinal);
        PellucidException tooLong = await Assert.ThrowsAsync<PellucidException>(() => loaded.Model.EmbedTextsAsync(HostTensor.Of(new long[65], 1, 65)));
        Assert.Contains("65 tokens", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_refused_where_the_checkpoint_brings_no_vocabulary()
    {
        using LoadedModel loaded = await LoadedModel.FromAsync(Folder("medclip-swin"));
        Assert.Contains("--tokenizer", Assert.Throws<PellucidException>(() => loaded.Model.Tokenizer.Tokenize("edema")).Message, StringComparison.Ordinal);
    }

    private static string Folder(string name) => Path.Combine(RepositoryPaths.Goldens, "models", name);
}
