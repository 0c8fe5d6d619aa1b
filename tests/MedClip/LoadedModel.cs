using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Runtime;

namespace Pellucid.Plugins.MedClip.Tests;

/// <summary>A model and the runner it lives on.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    private LoadedModel()
    {
    }

    public IGraphModel Model { get; private set; } = null!;

    public static async Task<LoadedModel> FromAsync(string path)
    {
        var loaded = new LoadedModel();
        var adapter = new MedClipAdapter(loaded._runner);
        AdapterProbe probe = adapter.Probe(path);
        Assert.True(probe.Matches, probe.Reason);
        loaded.Model = (IGraphModel)await adapter.LoadAsync(new ModelSource(Path.GetFileName(path), path));
        return loaded;
    }

    public async Task<TextInput[]> TextsAsync(params string[] texts)
    {
        var tokens = texts.Select(Model.Tokenizer.Tokenize).ToArray();
        HostTensor embeds = await Model.EmbedTextsAsync(HostTensor.Of(tokens.SelectMany(t => t.Ids).ToArray(), tokens.Length, tokens[0].Ids.Count));
        return [.. tokens.Select((t, i) => new TextInput(t, embeds.Rows(i, 1).Reshape(-1)))];
    }

    public void Dispose() => _runner.Dispose();
}
