using System.Text.Json;
using Pellucid.EndToEnd.Tests.Experiments;

namespace Pellucid.EndToEnd.Tests.Reproduce;

/// <summary>The study of Grad-ECLIP on a few of the embedded scenes.</summary>
public sealed class GradEclipStudyTests
{
    [Fact]
    public async Task Tables_report_and_times_are_written_and_a_second_run_computes_nothing()
    {
        using TemporaryFolder folder = new();
        string study = Path.Combine(folder.Path, "study");
        string[] command = ["reproduce", "grad-eclip", "--out", study, "--limit", "3", "--steps", "3", "--explainer", "mask-clip", "--explainer", "grad-eclip", "--threads", "1",
            "--domain", "phantom-cxr", "--part", "classification", "--part", "prediction", "--part", "words", "--part", "localization", "--part", "layers", "--part", "heads"];

        CliRun first = (await Cli.RunAsync(command)).Succeeded();

        Assert.Contains("Table 1: deletion and insertion, image classification, prediction", first.Output, StringComparison.Ordinal);
        Assert.Contains("Table 4: time for one image and text", first.Output, StringComparison.Ordinal);
        byte[] tables = await File.ReadAllBytesAsync(Path.Combine(study, "tables.json"), TestContext.Current.CancellationToken), report = await File.ReadAllBytesAsync(Path.Combine(study, "report.html"), TestContext.Current.CancellationToken);
        using JsonDocument json = JsonDocument.Parse(tables);
        JsonElement[] rows = [.. json.RootElement.GetProperty("tables")[3].GetProperty("rows").EnumerateArray()];
        Assert.Equal(10, rows.Length);
        Assert.All(rows, r => Assert.InRange(r.GetProperty("value").GetDouble(), 0, 1));
        // Words are not what MaskCLIP explains: no number instead of a made-up one.
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("tables")[2].GetProperty("rows")[0].GetProperty("value").ValueKind);

        Assert.Contains("Image domains: phantom-cxr", System.Text.Encoding.UTF8.GetString(report), StringComparison.Ordinal);

        CliRun second = (await Cli.RunAsync(command)).Succeeded();
        string line = second.Output.Split('\n').Single(l => l.Contains("of them there before", StringComparison.Ordinal));
        Assert.Equal(line.Split(' ')[0], line.Split(' ')[2]);
        Assert.Equal(tables, await File.ReadAllBytesAsync(Path.Combine(study, "tables.json"), TestContext.Current.CancellationToken));
        Assert.Equal(report, await File.ReadAllBytesAsync(Path.Combine(study, "report.html"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Retrieval_has_a_table_of_recalls_for_images_and_one_for_words_beside_their_score()
    {
        using TemporaryFolder folder = new();
        string study = Path.Combine(folder.Path, "study");

        CliRun run = (await Cli.RunAsync("reproduce", "grad-eclip", "--out", study, "--limit", "7", "--steps", "4", "--explainer", "raw-attention", "--explainer", "grad-eclip", "--threads", "1", "--part", "retrieval", "--part", "words")).Succeeded();

        Assert.Contains("Table 2: deletion and insertion, image and text retrieval", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(study, "tables.json"), TestContext.Current.CancellationToken));
        JsonElement[] tables = [.. json.RootElement.GetProperty("tables").EnumerateArray()];
        Assert.Equal(2, tables.Length);
        JsonElement[] pixels = [.. tables[0].GetProperty("rows").EnumerateArray()], words = [.. tables[1].GetProperty("rows").EnumerateArray()];
        // Seven images: the recall at 10 of them says nothing; of their captions it does.
        string[] recalls = ["image-retrieval@1", "image-retrieval@5", "text-retrieval@1", "text-retrieval@5", "text-retrieval@10"];
        Assert.Equal([.. recalls.Select(r => $"deletion-retrieval(steps=4): auc {r}"), .. recalls.Select(r => $"insertion-retrieval(steps=4): auc {r}")], pixels.Take(10).Select(r => r.GetProperty("metric").GetString()));
        Assert.All(pixels, r => Assert.InRange(r.GetProperty("value").GetDouble(), r.GetProperty("low").GetDouble(), r.GetProperty("high").GetDouble()));
        Assert.Equal(["text-deletion", "text-insertion", "text-deletion-retrieval: auc image-retrieval@1"], words.Take(3).Select(r => r.GetProperty("metric").GetString()));
    }

    [Fact]
    public async Task A_part_that_does_not_exist_is_refused_with_those_that_do()
    {
        using TemporaryFolder folder = new();

        CliRun run = await Cli.RunAsync("reproduce", "grad-eclip", "--out", Path.Combine(folder.Path, "study"), "--part", "layer");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no part 'layer'", run.Error, StringComparison.Ordinal);
        Assert.Contains("layers", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "study")));
    }

    [Fact]
    public async Task A_data_set_without_texts_says_what_each_part_lacks()
    {
        using TemporaryFolder folder = new();
        string images = Directory.CreateDirectory(Path.Combine(folder.Path, "images")).FullName;
        File.Copy(Cli.Scene(1), Path.Combine(images, "1.png"));

        CliRun run = await Cli.RunAsync("reproduce", "grad-eclip", "--data", images, "--out", Path.Combine(folder.Path, "study"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nothing of the study can be done", run.Error, StringComparison.Ordinal);
        Assert.Contains("no image taken has a caption", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concepts_of_an_experiment_are_reported_with_maps_of_words()
    {
        using ExperimentFolder folder = new("""
            name: concepts
            models: shapes-clip
            dataset: { path: shapes, items: ["images/00005*"], limit: 2 }
            texts:
              - { from: regions }
              - { from: attributes, of: colour, template: "a {value} object" }
              - { from: attributes, of: shape, template: "a {value}" }
            explainers: [grad-eclip, interactions(steps=4)]
            report: { sections: [decomposition, attributes, word-regions] }
            """);

        (await folder.RunAsync()).Succeeded();
        string report = System.Text.Encoding.UTF8.GetString(folder.Read("report.html"));

        Assert.Contains("explained by other words", report, StringComparison.Ordinal);
        Assert.Contains("<td>colour</td><td>shapes-clip</td><td>grad-eclip</td>", report, StringComparison.Ordinal);
        Assert.Contains("interactions(steps=4) ", report, StringComparison.Ordinal);
        Assert.Contains("<figure class=\"linked\">", report, StringComparison.Ordinal);
        Assert.Contains("from one phrase", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attribute_that_no_region_has_is_refused_with_those_that_there_are()
    {
        using ExperimentFolder folder = new("""
            name: concepts
            models: shapes-clip
            dataset: shapes
            texts: { from: attributes, of: color }
            explainers: grad-eclip
            """);

        CliRun run = await folder.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'color' is no attribute of the regions; known: colour, material, position, shape, size", run.Error, StringComparison.Ordinal);
    }
}
