using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Runtime;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.MedClip.Tests;

/// <summary>A model folder that does not fit is refused with what is wrong in it.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-medclip-").FullName;
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    public void Dispose()
    {
        _runner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("", "config.json is empty")]
    [InlineData("{", "cannot be read as JSON")]
    [InlineData("{}", null)]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("""{"text_config":{"num_attention_heads":5}}""", "64 channels of the text encoder cannot be split into 5 heads")]
    [InlineData("""{"text_config":{"num_attention_heads":"four"}}""", "num_attention_heads is no whole number")]
    [InlineData("""{"text_config":[]}""", "text_config is no object")]
    [InlineData("""{"text_config":{"layer_norm_eps":0}}""", "layer_norm_eps is 0")]
    [InlineData("""{"vision_config":{"image_size":1000000000}}""", "image_size is 1000000000")]
    [InlineData("""{"vision_config":{"hidden_act":"relu"}}""", "hidden_act is 'relu'")]
    [InlineData("""{"text_pooling_hidden_states":[-1]}""", "text_pooling_hidden_states is [-1]")]
    public async Task A_configuration_that_lies_is_refused(string config, string? message)
    {
        File.Copy(Path.Combine(RepositoryPaths.Goldens, "models", "medclip-swin", "pytorch_model.bin"), Path.Combine(_folder, "pytorch_model.bin"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "config.json"), config);
        Task<IVisionLanguageModel> Load() => new MedClipAdapter(_runner).LoadAsync(new ModelSource("bad", _folder));
        if (message is null) Assert.Equal(224, (await Load()).Description.ImageSize.Height);
        else Assert.Contains(message, (await Assert.ThrowsAsync<PellucidException>(Load)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_not_taken_for_MedCLIP()
    {
        AdapterProbe probe = new MedClipAdapter(_runner).Probe(Path.Combine(RepositoryPaths.Models, "shapes-clip"));
        Assert.False(probe.Matches);
        Assert.Contains("text_model.projection_head.weight", probe.Reason, StringComparison.Ordinal);
    }
}
