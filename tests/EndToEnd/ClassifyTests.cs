using System.Globalization;
using System.Text.Json;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests;

/// <summary>The embedded medical demo reaches the accuracy of its model card, and what cannot be classified is refused.</summary>
public class ClassifyTests(ITestOutputHelper output)
{
    private static readonly string Phantoms = Path.Combine(RepositoryPaths.Datasets, "phantom-cxr");

    [Theory]
    [InlineData("mean", "none", 0.994)]
    [InlineData("max", "none", 0.993)]
    [InlineData("mean", "class", 0.994)]
    public async Task The_accuracy_is_that_of_the_model_card(string ensemble, string padding, double published)
    {
        CliRun run = await Classify("--images", Path.Combine(Phantoms, "images"), "--labels", Path.Combine(Phantoms, "labels.csv"), "--ensemble", ensemble, "--padding", padding, "--json");
        using JsonDocument json = JsonDocument.Parse(run.Succeeded().Output);
        double mean = json.RootElement.GetProperty("mean_auroc").GetDouble();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"phantom-medclip on phantom-cxr, {ensemble} over prompts, padding {padding}: mean AUROC {mean:F4}, model card {published}"));
        foreach (JsonElement c in json.RootElement.GetProperty("auroc").EnumerateArray())
            output.WriteLine($"  {c.GetProperty("class").GetString()}: {c.GetProperty("auroc").GetDouble():F4}");
        Assert.Equal(published, mean, 0.01);
        Assert.Equal(140, json.RootElement.GetProperty("images").GetArrayLength());
        Assert.Equal(14, json.RootElement.GetProperty("auroc").GetArrayLength());
    }

    [Fact]
    public async Task Probabilities_are_the_softmax_of_the_logits_and_lie_in_the_table()
    {
        using TemporaryFolder folder = new();
        string[] images = ["--images", Phantom(1), Phantom(2)];
        float[][] logits = Scores((await Classify([.. images, "--json"])).Succeeded().Output);
        float[][] probabilities = Scores((await Classify([.. images, "--json", "--probabilities", "--out", folder["out"]])).Succeeded().Output);
        for (int i = 0; i < 2; i++)
        {
            double sum = logits[i].Sum(l => Math.Exp(l));
            for (int c = 0; c < 14; c++) Assert.Equal(Math.Exp(logits[i][c]) / sum, probabilities[i][c], 1e-5);
        }

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(folder["out"], "scores.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Path,No Finding,", lines[0], StringComparison.Ordinal);
        Assert.Equal(probabilities[1][0], float.Parse(lines[2].Split(',')[1], CultureInfo.InvariantCulture));
        Assert.True(File.Exists(Path.Combine(folder["out"], "classification.json")));
    }

    [Theory]
    [InlineData("{\"Edema\": [\"a\"], \"Edema\": [\"b\"]}", "is there twice")]
    [InlineData("{\"Edema\": []}", "has no prompt")]
    [InlineData("{\"Edema\": [\"a\", 7]}", "prompt 2 is a number")]
    [InlineData("{\"Edema\": [\" \"]}", "prompt 1 is empty")]
    [InlineData("{\"Edema\": \"a\"}", "not a list of prompts")]
    [InlineData("[\"a\"]", "holds a list")]
    [InlineData("{}", "has no class")]
    [InlineData("{\"Edema\":\n[\"a\"", "line 2")]
    [InlineData("{\"Edemma\": [\"a\"]}", "is no column", "nearest: Edema")]
    [InlineData("{\"Edemma\": [\"a\"], \"Edema\": [\"b\"], \"Flu\": [\"c\"]}", "2 of 3 classes", "\"Edemma\", \"Flu\"", "\"Pleural Effusion\"")]
    public async Task Prompts_that_cannot_be_used_are_refused(string prompts, params string[] says)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["prompts.json"], prompts, TestContext.Current.CancellationToken);
        CliRun run = await Classify("--images", Phantom(1), "--prompts", folder["prompts.json"], "--labels", Path.Combine(Phantoms, "labels.csv"), "--out", folder["out"]);
        run.Refused(says);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("Path,Edema\ncxr_0001.png,2\n", "line 2", "none of 1, 0, -1")]
    [InlineData("Path,Edema\ncxr_0002.png,1\n", "no row for the image")]
    [InlineData("Path,Edema\ncxr_0001.png,1,1\n", "line 2", "3 fields")]
    [InlineData("Path,Edema\n\"cxr_0001.png,1\n", "never closed")]
    public async Task Labels_that_cannot_be_used_are_refused(string labels, params string[] says)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["labels.csv"], labels, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["prompts.json"], "{\"Edema\": [\"mild pulmonary edema\"]}", TestContext.Current.CancellationToken);
        (await Classify("--images", Phantom(1), "--prompts", folder["prompts.json"], "--labels", folder["labels.csv"])).Refused(says);
    }

    [Fact]
    public async Task A_model_without_prompts_and_a_folder_without_images_are_refused()
    {
        using TemporaryFolder folder = new();
        (await Cli.RunAsync("classify", "--model", "shapes-clip", "--images", Cli.Scene(71))).Refused("brings no prompts.json", "--prompts");
        (await Classify("--images", folder.Path)).Refused("holds no image");
        (await Classify("--images", Phantom(1), Phantom(1))).Refused("named twice");
    }

    private static string Phantom(int number) => Path.Combine(Phantoms, "images", $"cxr_{number:D4}.png");

    private static Task<CliRun> Classify(params string[] args) => Cli.RunAsync(["classify", .. args]);

    private static float[][] Scores(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        return [.. json.RootElement.GetProperty("images").EnumerateArray().Select(i => i.GetProperty("scores").EnumerateArray().Select(s => s.GetSingle()).ToArray())];
    }
}
