using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests;

/// <summary>The sample plugin, as a third party ships it: a folder that is not trusted, then trusted, then used.</summary>
public class SamplePluginTests
{
    private static readonly string Sample = Path.Combine(RepositoryPaths.Root, "artifacts", "plugins", "HelloExplainer");

    [Fact]
    public async Task Is_not_loaded_before_it_is_trusted()
    {
        using TemporaryFolder state = new();
        CliRun list = (await Cli.RunWithStateAsync(state.Path, "plugins", "list", "--plugins", Sample)).Succeeded();
        Assert.Matches("hello-explainer +1.0.0 +Disabled", list.Output);
        Assert.Contains("not trusted", list.Output, StringComparison.Ordinal);

        (await Explain(state, "occlusion-grid", Path.Combine(state.Path, "out"))).Refused("no explainer 'occlusion-grid'", "not trusted");
    }

    [Fact]
    public async Task Explains_a_scene_once_it_is_trusted()
    {
        using TemporaryFolder state = new();
        (await Cli.RunWithStateAsync(state.Path, "plugins", "trust", Sample)).Succeeded();
        CliRun inspect = (await Cli.RunWithStateAsync(state.Path, "plugins", "inspect", "hello-explainer", "--plugins", Sample)).Succeeded();
        Assert.Contains("grid=8  (whole number, from 1 to 64)", inspect.Output, StringComparison.Ordinal);

        string folder = Path.Combine(state.Path, "out");
        (await Explain(state, "occlusion-grid(grid=16)", folder)).Succeeded();
        HostTensor ring = SafetensorsReader.ReadAll(Path.Combine(folder, "maps.safetensors"))["0/0/0"];
        Assert.Equal(new TensorShape(16, 16), ring.Shape);

        // The red ring lies in the upper left quarter, the red cylinder at the right: hiding the ring costs its text most.
        int peak = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(ring.Floats);
        Assert.InRange(peak / 16, 1, 6);
        Assert.InRange(peak % 16, 0, 5);

        using JsonDocument json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "explanation.json")));
        JsonElement cell = json.RootElement.GetProperty("explanations")[0];
        Assert.Equal("nearest", cell.GetProperty("map").GetProperty("upsampling").GetString());
        Assert.Equal("hello-explainer", json.RootElement.GetProperty("explainers")[0].GetProperty("plugin").GetString());
    }

    [Fact]
    public async Task The_batch_changes_the_map_by_rounding_at_most()
    {
        using TemporaryFolder state = new();
        (await Cli.RunWithStateAsync(state.Path, "plugins", "trust", Sample)).Succeeded();
        string whole = Path.Combine(state.Path, "whole"), parts = Path.Combine(state.Path, "parts");
        (await Explain(state, "occlusion-grid(grid=5, batch=25)", whole)).Succeeded();
        (await Explain(state, "occlusion-grid(grid=5, batch=4)", parts)).Succeeded();
        HostTensor a = SafetensorsReader.ReadAll(Path.Combine(whole, "maps.safetensors"))["0/1/0"];
        HostTensor b = SafetensorsReader.ReadAll(Path.Combine(parts, "maps.safetensors"))["0/1/0"];
        for (int i = 0; i < a.Length; i++) Assert.Equal(a.Floats[i], b.Floats[i], 1e-5);
    }

    [Fact]
    public async Task A_grid_finer_than_the_pixels_cannot_be_asked_for()
    {
        using TemporaryFolder state = new();
        (await Cli.RunWithStateAsync(state.Path, "plugins", "trust", Sample)).Succeeded();
        (await Explain(state, "occlusion-grid(grid=65)", Path.Combine(state.Path, "out"))).Refused("grid cannot be 65", "from 1 to 64");
    }

    private static Task<CliRun> Explain(TemporaryFolder state, string explainer, string folder) => Cli.RunWithStateAsync(
        state.Path, "explain", "--plugins", Sample, "--image", Cli.Scene(71), "--text", "a red ring", "--text", "a red cylinder", "--explainer", explainer, "--out", folder);
}
