using System.Text.Json;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary><c>evaluate</c>, from the command to the files.</summary>
public sealed class EvaluateTests
{
    private static readonly string[] Files = ["evaluation.json", "comparisons.csv", "curves.csv", "results.csv", "summary.json", "report.html", "experiment.yaml"];

    [Fact]
    public async Task It_writes_numbers_curves_and_verdicts_and_two_runs_give_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        CliRun first = (await EvaluateAsync(folder["one"], "--metric", "pointing-game", "--metric", "deletion(steps=10,share=0.05)", "--metric", "mask-iou")).Succeeded();
        Assert.Contains("pointing-game (higher is better)", first.Output, StringComparison.Ordinal);
        (await EvaluateAsync(folder["two"], "--metric", "pointing-game", "--metric", "deletion(steps=10,share=0.05)", "--metric", "mask-iou")).Succeeded();
        foreach (string file in Files) Assert.Equal(File.ReadAllBytes(Path.Combine(folder["one"], file)), File.ReadAllBytes(Path.Combine(folder["two"], file)));

        JsonElement evaluation = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder["one"], "evaluation.json"))).RootElement;
        JsonElement[] estimates = [.. evaluation.GetProperty("estimates").EnumerateArray()];
        Assert.Equal(6, estimates.Length);
        Assert.All(estimates, e => Assert.InRange(e.GetProperty("value").GetDouble(), e.GetProperty("low").GetDouble(), e.GetProperty("high").GetDouble()));
        Assert.Equal([false, false, false, false, true, true], estimates.Select(e => e.GetProperty("pooled").GetBoolean()));
        Assert.Equal(["higher", "lower", "higher"], estimates.Where((_, i) => i % 2 == 0).Select(e => e.GetProperty("better").GetString()));
        Assert.Equal(3, evaluation.GetProperty("comparisons").GetArrayLength());
        string report = File.ReadAllText(Path.Combine(folder["one"], "report.html"));
        Assert.Contains("<polyline", report, StringComparison.Ordinal);
        Assert.Contains("the first is", report, StringComparison.Ordinal);
        string[] curves = File.ReadAllLines(Path.Combine(folder["one"], "curves.csv"));
        Assert.Equal(1 + (2 * 5 * 11), curves.Length);
    }

    [Fact]
    public async Task The_written_experiment_runs_by_itself_and_finds_all_done()
    {
        using TemporaryFolder folder = new();
        CliRun json = (await EvaluateAsync(folder["one"], "--metric", "complexity", "--json")).Succeeded();
        Assert.Equal(File.ReadAllText(Path.Combine(folder["one"], "evaluation.json")), json.Output);
        CliRun run = (await Cli.RunAsync("run", Path.Combine(folder["one"], "experiment.yaml"), "--out", folder["one"], "--threads", "1", "--json")).Succeeded();
        JsonElement counts = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(counts.GetProperty("units").GetInt32(), counts.GetProperty("units_reused").GetInt32());
        Assert.Contains("How to read the numbers", File.ReadAllText(Path.Combine(folder["one"], "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predicted_classes_are_those_that_the_model_scores_highest()
    {
        using TemporaryFolder folder = new();
        (await EvaluateAsync(folder["one"], "--metric", "deletion(steps=1,share=0.01,score=top1)", "--texts", "prediction", "--limit", "6")).Succeeded();
        string[] rows = [.. File.ReadAllLines(Path.Combine(folder["one"], "results.csv")).Skip(1)];
        Assert.Equal(12, rows.Length);
        // Before anything is deleted, the explained class is the best one.
        string[] curves = [.. File.ReadAllLines(Path.Combine(folder["one"], "curves.csv")).Where(l => l.Contains(",top1,grad-eclip,0,", StringComparison.Ordinal))];
        Assert.Contains(",top1,grad-eclip,0,1,1,1,6", Assert.Single(curves), StringComparison.Ordinal);

        string prompts = Path.Combine(folder.Path, "prompts.json");
        File.WriteAllText(prompts, """{"ring": ["a ring", "a photo of a ring"], "cube": ["a cube"], "nothing like it": ["a grey sky"]}""");
        (await EvaluateAsync(folder["two"], "--metric", "complexity", "--texts", "prediction", "--prompts", prompts)).Succeeded();
        Assert.Contains("ring", File.ReadAllText(Path.Combine(folder["two"], "results.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_that_cannot_be_read_are_counted_also_where_something_is_predicted()
    {
        using TemporaryFolder folder = new();
        string data = folder["data"];
        foreach (string label in new[] { "cube", "ring" }) Directory.CreateDirectory(Path.Combine(data, label));
        File.Copy(Cli.Scene(1), Path.Combine(data, "ring", "a.png"));
        File.Copy(Cli.Scene(2), Path.Combine(data, "cube", "b.png"));
        File.WriteAllBytes(Path.Combine(data, "cube", "c.png"), File.ReadAllBytes(Cli.Scene(3))[..200]);
        CliRun run = await Cli.RunAsync("evaluate", "--model", "shapes-clip", "--data", data, "--explainer", "saliency", "--metric", "complexity", "--texts", Path.Combine(folder.Path, "texts.txt"), "--out", folder["out"]);
        Assert.Equal(2, run.ExitCode);
        File.WriteAllText(Path.Combine(folder.Path, "texts.txt"), "a ring\n\na cube\na ring\n");
        run = await Cli.RunAsync("evaluate", "--model", "shapes-clip", "--data", data, "--explainer", "saliency", "--metric", "complexity", "--texts", Path.Combine(folder.Path, "texts.txt"), "--out", folder["out"], "--json");
        Assert.Equal(1, run.ExitCode);
        JsonElement estimate = JsonDocument.Parse(run.Output).RootElement.GetProperty("estimates")[0];
        Assert.Equal((6, 4, 2, 2), (estimate.GetProperty("units").GetInt32(), estimate.GetProperty("measured").GetInt32(), estimate.GetProperty("failed").GetInt32(), estimate.GetProperty("images").GetInt32()));

        File.WriteAllText(Path.Combine(data, "annotations.json"), """
            {"images": [{"id": 1, "file_name": "ring/a.png", "labels": ["ring"]}, {"id": 2, "file_name": "cube/b.png", "labels": ["cube"]}, {"id": 3, "file_name": "cube/c.png", "labels": ["cube"]}],
             "annotations": [], "categories": []}
            """);
        run = await Cli.RunAsync("evaluate", "--model", "shapes-clip", "--data", data, "--explainer", "saliency", "--metric", "complexity", "--texts", "prediction", "--out", folder["predicted"]);
        Assert.Equal(1, run.ExitCode);
        string[] rows = [.. File.ReadAllLines(Path.Combine(folder["predicted"], "results.csv")).Skip(1)];
        Assert.Equal(3, rows.Length);
        Assert.Contains("the predicted class", Assert.Single(rows, r => r.Contains("cube/c.png", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regions_that_cannot_be_used_cost_their_images_only_and_are_counted()
    {
        using TemporaryFolder folder = new();
        string data = folder["data"];
        Directory.CreateDirectory(data);
        for (int i = 1; i <= 3; i++) File.Copy(Cli.Scene(i), Path.Combine(data, $"{i}.png"));
        // One mask of the object, one without a pixel, one of another size, and an image that is not there.
        File.WriteAllText(Path.Combine(data, "annotations.json"), """
            {"images": [{"id": 1, "file_name": "1.png"}, {"id": 2, "file_name": "2.png"}, {"id": 3, "file_name": "3.png"}, {"id": 4, "file_name": "4.png"}],
             "categories": [{"id": 1, "name": "ring"}, {"id": 2, "name": "cube"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [9, 9, 9, 9], "segmentation": {"size": [64, 64], "counts": [1489, 800, 1807]}},
                             {"id": 2, "image_id": 2, "category_id": 2, "bbox": [0, 0, 0, 0], "segmentation": {"size": [64, 64], "counts": [4096]}},
                             {"id": 3, "image_id": 3, "category_id": 1, "bbox": [0, 0, 5, 5], "segmentation": {"size": [32, 32], "counts": [0, 1024]}},
                             {"id": 4, "image_id": 4, "category_id": 2, "bbox": [0, 0, 5, 5], "segmentation": {"size": [64, 64], "counts": [0, 4096]}}]}
            """);
        CliRun run = await Cli.RunAsync("evaluate", "--model", "shapes-clip", "--data", data, "--explainer", "saliency", "--metric", "pointing-game", "--out", folder["out"], "--json");
        Assert.Equal(1, run.ExitCode);
        JsonElement estimate = JsonDocument.Parse(run.Output).RootElement.GetProperty("estimates")[0];
        Assert.Equal((4, 1, 2), (estimate.GetProperty("units").GetInt32(), estimate.GetProperty("measured").GetInt32(), estimate.GetProperty("failed").GetInt32()));
        JsonProperty reason = Assert.Single(estimate.GetProperty("without_value").EnumerateObject());
        Assert.Contains("empty", reason.Name, StringComparison.Ordinal);
        string report = File.ReadAllText(Path.Combine(folder["out"], "report.html"));
        Assert.Contains("no outline", report, StringComparison.Ordinal);
        Assert.Contains("it is for 32 x 32 pixels", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("needs the region that is right", "--metric", "pointing-game", "--texts", "captions")]
    [InlineData("--texts ground-truth or prediction), take targets of kind class, or, where the metric has that option", "--metric", "deletion", "--texts", "captions")]
    [InlineData("nearest: pointing-game", "--metric", "poniting-game")]
    [InlineData("nearest: ground-truth", "--metric", "complexity", "--texts", "groundtruth")]
    [InlineData("--template is for classes", "--metric", "complexity", "--texts", "captions", "--template", "a {label}")]
    [InlineData("leave one of them out", "--metric", "complexity", "--template", "a {label}", "--prompts", "p.json")]
    [InlineData("take normalize=max", "--metric", "effective-complexity(normalize=batch-max)")]
    [InlineData("take compat=paper", "--metric", "complexity", "--metric", "irof(compat=quantus)")]
    [InlineData("--limit takes a whole number from 1", "--metric", "complexity", "--limit", "0")]
    public async Task What_cannot_work_is_refused_before_any_work(string message, params string[] more)
    {
        using TemporaryFolder folder = new();
        CliRun run = await EvaluateAsync(folder["out"], more);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder["out"], "results.csv")));
    }

    private static Task<CliRun> EvaluateAsync(string folder, params string[] more)
    {
        string[] limit = more.Contains("--limit", StringComparer.Ordinal) ? [] : ["--limit", "4"];
        return Cli.RunAsync(["evaluate", "--model", "shapes-clip", "--data", "shapes", "--explainer", "grad-eclip", "--explainer", "saliency", "--threads", "1", "--out", folder, .. limit, .. more]);
    }
}
