using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests;

/// <summary>Every kind of target can be asked for, by every kind of explainer that can take it, and contradictions are refused.</summary>
public class TargetTests
{
    private static readonly string Phantom = Path.Combine(RepositoryPaths.Datasets, "phantom-cxr", "images", "cxr_0003.png");

    private static readonly string[] Explainers =
        ["--explainer", "saliency(abs=false)", "--explainer", "occlusion(window=28, stride=28)", "--explainer", "grad-cam(layer=vision.stage1, form=raw)"];

    [Theory]
    [InlineData("class \"Lung Lesion\"", "--class", "Lung Lesion", "--class", "Edema")]
    [InlineData("probability of class \"Lung Lesion\"", "--class", "Lung Lesion", "--class-score", "probability", "--ensemble", "max")]
    [InlineData("minus that with", "--text", "small lung nodule in the left mid lung zone", "--against", "clear lungs without effusion or pneumothorax")]
    [InlineData("embedding dimension 3", "--dimension", "3", "--dimension", "5")]
    [InlineData("tap vision.layernorm[3,4]", "--tap", "vision.layernorm[3,4]")]
    public async Task Is_explained(string description, params string[] target)
    {
        using TemporaryFolder folder = new();
        CliRun run = (await Explain(folder["out"], [.. target, .. Explainers, "--json"])).Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement[] cells = [.. json.RootElement.GetProperty("explanations").EnumerateArray()];
        Assert.Contains(description, cells[0].GetProperty("target").GetString(), StringComparison.Ordinal);
        int targets = json.RootElement.GetProperty("targets").GetArrayLength();
        Assert.Equal(3 * targets, cells.Length);
        IReadOnlyDictionary<string, HostTensor> maps = SafetensorsReader.ReadAll(Path.Combine(folder["out"], "maps.safetensors"));
        for (int e = 0; e < 3; e++)
        {
            Assert.Equal(cells[0].GetProperty("score").GetDouble(), cells[e].GetProperty("score").GetDouble(), 1e-4);
            Assert.True(maps[$"0/0/{e}"].Floats.ContainsAnyExcept(0f), $"map {e} is empty");
        }
    }

    [Fact]
    public async Task A_layer_of_a_swin_suggests_itself()
    {
        using TemporaryFolder folder = new();
        CliRun run = (await Explain(folder["out"], ["--class", "Lung Lesion", "--score", "linear", "--explainer", "grad-cam", "--explainer", "layer-deep-lift", "--json"])).Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement[] cells = [.. json.RootElement.GetProperty("explanations").EnumerateArray()];
        Assert.Equal(2, cells.Length);
        Assert.All(cells, c => Assert.Equal(JsonValueKind.Null, c.GetProperty("map").GetProperty("undefined").ValueKind));
        // Behind the averaged tokens all is linear, so the attribution is complete.
        Assert.Equal(0, cells[1].GetProperty("convergence_delta").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task A_contrast_is_the_difference_of_its_texts()
    {
        using TemporaryFolder folder = new();
        string[] one = ["moderate cardiomegaly"], other = ["normal chest radiograph"], method = ["--explainer", "saliency(abs=false)"];
        (await Explain(folder["a"], ["--text", one[0], "--text", other[0], .. method])).Succeeded();
        (await Explain(folder["b"], ["--text", one[0], "--against", other[0], .. method])).Succeeded();
        IReadOnlyDictionary<string, HostTensor> texts = SafetensorsReader.ReadAll(Path.Combine(folder["a"], "maps.safetensors"));
        float[] contrast = SafetensorsReader.ReadAll(Path.Combine(folder["b"], "maps.safetensors"))["0/0/0"].Floats.ToArray();
        float size = contrast.Max(Math.Abs);
        for (int i = 0; i < contrast.Length; i++) Assert.Equal(texts["0/0/0"].Floats[i] - texts["0/1/0"].Floats[i], contrast[i], 1e-4 * size);
    }

    [Fact]
    public async Task Methods_for_transformers_explain_classes()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["prompts.json"], "{\"ring\": [\"a red ring\", \"a ring\"], \"cylinder\": [\"a red cylinder\"]}", TestContext.Current.CancellationToken);
        string[] methods = ["grad-eclip", "game", "token-grad-cam", "lrp", "ablation-cam", "raw-attention"];
        (await Cli.RunAsync(
            ["explain", "--image", Cli.Scene(71), "--prompts", folder["prompts.json"], "--out", folder["out"], .. methods.SelectMany(m => new[] { "--explainer", m })])).Succeeded();
        IReadOnlyDictionary<string, HostTensor> maps = SafetensorsReader.ReadAll(Path.Combine(folder["out"], "maps.safetensors"));
        for (int e = 0; e < methods.Length; e++)
        {
            Assert.True(maps[$"0/0/{e}"].Floats.ContainsAnyExcept(0f), methods[e]);
            Assert.Equal(methods[e] == "raw-attention", maps[$"0/0/{e}"].Floats.SequenceEqual(maps[$"0/1/{e}"].Floats));
        }
    }

    [Theory]
    [InlineData("--class and --dimension were both given", "--class", "Edema", "--dimension", "1")]
    [InlineData("--text and --tap were both given", "--text", "a", "--tap", "vision.layernorm[0,0]")]
    [InlineData("no text was given")]
    [InlineData("there is none to compare", "--against", "a")]
    [InlineData("--against has no meaning with --class", "--class", "Edema", "--against", "a")]
    [InlineData("--score has no meaning with --dimension", "--dimension", "1", "--score", "logit")]
    [InlineData("--class-score has no meaning with --text", "--text", "a", "--class-score", "probability")]
    [InlineData("--ensemble has no meaning with --text", "--text", "a", "--ensemble", "max")]
    [InlineData("the softmax over logits", "--class", "Edema", "--class-score", "probability", "--score", "cosine")]
    [InlineData("nearest: Edema", "--class", "Edemma")]
    [InlineData("named twice", "--class", "Edema", "--class", "Edema")]
    [InlineData("there is no prompts file", "--prompts", "nowhere.json")]
    [InlineData("dimensions 0 to 63", "--dimension", "64")]
    [InlineData("nearest: vision.layernorm", "--tap", "vision.layernorms[0,0]")]
    [InlineData("names no element of a tap", "--tap", "vision.layernorm")]
    [InlineData("index 49 lies outside axis 0", "--tap", "vision.layernorm[49,0]")]
    [InlineData("needs 4", "--tap", "vision.stage0.block0.attn.probabilities[0,0,0]")]
    [InlineData("there is no head file", "--head", "nowhere.safetensors")]
    [InlineData("those that can: deconvolution", "--tap", "vision.layernorm[0,0]", "--explainer", "ablation-cam(layer=vision.stage1)")]
    [InlineData("does not depend on layer 'vision.layernorm'", "--tap", "vision.stage0[0,0]", "--explainer", "grad-cam")]
    [InlineData("name an earlier layer", "--tap", "vision.stage0[0,0]", "--explainer", "layer-deep-lift")]
    public async Task Is_refused(string says, params string[] args)
    {
        using TemporaryFolder folder = new();
        (await Explain(folder["out"], args.Contains("--explainer") ? args : [.. args, "--explainer", "saliency"])).Refused(says);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static Task<CliRun> Explain(string folder, string[] args) => Cli.RunAsync(["explain", "--model", "phantom-medclip", "--image", Phantom, "--out", folder, .. args]);
}
