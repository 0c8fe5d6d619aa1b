using System.Text.Json;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging;

namespace Pellucid.EndToEnd.Tests;

public class ExplainTests
{
    [Fact]
    public async Task Writes_every_file_and_every_map_under_its_key()
    {
        using TemporaryFolder folder = new();
        await Explain(folder["out"], [Cli.Scene(71), Cli.Scene(81)], ["a red ring", "a red cylinder"], ["grad-eclip", "saliency(abs=false)", "input-x-gradient"]);

        IReadOnlyDictionary<string, HostTensor> maps = SafetensorsReader.ReadAll(Path.Combine(folder["out"], "maps.safetensors"));
        Assert.Equal(2 * 2 * 3 * 2, maps.Count);
        for (int i = 0; i < 2; i++)
        {
            for (int t = 0; t < 2; t++)
            {
                Assert.Equal(new TensorShape(8, 8), maps[$"{i}/{t}/0"].Shape);
                Assert.Equal(new TensorShape(64, 64), maps[$"{i}/{t}/1"].Shape);
                for (int e = 0; e < 3; e++)
                {
                    Assert.Equal(new TensorShape(64, 64), maps[$"{i}/{t}/{e}/image"].Shape);
                    Assert.True(File.Exists(Path.Combine(folder["out"], $"overlay-{i}-{t}-{e}.png")));
                }
            }
        }

        string html = await File.ReadAllTextAsync(Path.Combine(folder["out"], "report.html"));
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder["out"], "timings.json")));
    }

    [Fact]
    public async Task The_json_tells_scores_drift_words_and_provenance()
    {
        using TemporaryFolder folder = new();
        CliRun run = await Explain(folder["out"], [Cli.Scene(71)], ["a red ring"], ["grad-eclip", "saliency"], "--json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(run.Output, await File.ReadAllTextAsync(Path.Combine(folder["out"], "explanation.json")));
        JsonElement[] cells = [.. json.RootElement.GetProperty("explanations").EnumerateArray()];
        double served = cells[1].GetProperty("score").GetDouble();
        Assert.InRange(served, 0.05, 1);
        Assert.Equal(served, cells[0].GetProperty("score").GetDouble(), 1e-5);
        Assert.Equal(
            cells[0].GetProperty("score").GetDouble() - cells[0].GetProperty("explained_score").GetDouble(),
            cells[0].GetProperty("score_drift").GetDouble(), 1e-12);
        Assert.Equal(0, cells[1].GetProperty("score_drift").GetDouble());
        double[] words = [.. cells[0].GetProperty("word_importances").GetProperty("words").EnumerateArray().Select(w => w.GetProperty("importance").GetDouble())];
        Assert.Equal(3, words.Length);
        Assert.Equal(1, words.Sum(), 1e-5);
        JsonElement provenance = json.RootElement.GetProperty("provenance");
        Assert.Equal("cpu", provenance.GetProperty("device").GetString());
        Assert.Equal(64, json.RootElement.GetProperty("model").GetProperty("sha256").GetString()!.Length);
        Assert.Equal("saliency", json.RootElement.GetProperty("explainers")[1].GetProperty("explainer").GetString());
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "first", "second" }) await Explain(folder[name], [Cli.Scene(61)], ["a blue cone", "a red cone"], ["grad-eclip(layers=2)", "saliency"]);
        foreach (string file in Directory.GetFiles(folder["first"]).Select(f => Path.GetFileName(f)!).Where(f => f != "timings.json"))
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(folder["first"], file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder["second"], file))),
                $"{file} differs between two runs");
        }
    }

    [Fact]
    public async Task A_map_does_not_depend_on_the_texts_beside_it()
    {
        using TemporaryFolder folder = new();
        await Explain(folder["alone"], [Cli.Scene(71)], ["a red ring"], ["grad-eclip", "saliency(abs=false)"]);
        await Explain(folder["together"], [Cli.Scene(71)], ["a red cylinder", "a cyan ring", "a red ring", "a cone", "a white star", "a big cube"], ["grad-eclip", "saliency(abs=false)"]);
        IReadOnlyDictionary<string, HostTensor> alone = Maps(folder["alone"]), together = Maps(folder["together"]);
        for (int e = 0; e < 2; e++)
        {
            ReadOnlySpan<float> expected = alone[$"0/0/{e}"].Floats, actual = together[$"0/2/{e}"].Floats;
            float largest = 0, difference = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(expected[i]));
                difference = Math.Max(difference, Math.Abs(expected[i] - actual[i]));
            }

            Assert.InRange(difference, 0, 1e-4 * largest);
        }
    }

    [Fact]
    public async Task An_image_that_is_not_square_keeps_its_aspect_on_request()
    {
        using TemporaryFolder folder = new();
        DecodedImage scene = ImageDecoder.Decode(Cli.Scene(71));
        await File.WriteAllBytesAsync(folder["wide.png"], PngEncoder.Encode(PillowResize.Resize(scene, 120, 64, Resample.Bicubic)));
        await Explain(folder["out"], [folder["wide.png"]], ["a red ring"], ["grad-eclip", "saliency"], "--keep-aspect");
        IReadOnlyDictionary<string, HostTensor> maps = Maps(folder["out"]);
        Assert.Equal(new TensorShape(8, 15), maps["0/0/0"].Shape);
        Assert.Equal(new TensorShape(64, 120), maps["0/0/0/image"].Shape);
        Assert.Equal(new TensorShape(64, 120), maps["0/0/1/image"].Shape);
    }

    [Fact]
    public async Task A_long_text_is_cut_and_the_user_told()
    {
        using TemporaryFolder folder = new();
        CliRun run = await Explain(folder["out"], [Cli.Scene(71)], [string.Join(' ', Enumerable.Repeat("red", 60))], ["grad-eclip"]);
        Assert.Contains("was cut to the model's 32", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        source.Cancel();
        CliRun run = await Cli.RunAsync(source.Token, "explain", "--image", Cli.Scene(71), "--text", "a red ring", "--out", folder["out"]);
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static IReadOnlyDictionary<string, HostTensor> Maps(string folder) => SafetensorsReader.ReadAll(Path.Combine(folder, "maps.safetensors"));

    private static async Task<CliRun> Explain(string folder, string[] images, string[] texts, string[] explainers, params string[] more)
    {
        string[] args =
        [
            "explain", "--model", "shapes-clip", "--out", folder,
            .. images.SelectMany(i => new[] { "--image", i }), .. texts.SelectMany(t => new[] { "--text", t }),
            .. explainers.SelectMany(e => new[] { "--explainer", e }), .. more,
        ];
        return (await Cli.RunAsync(args)).Succeeded();
    }
}
