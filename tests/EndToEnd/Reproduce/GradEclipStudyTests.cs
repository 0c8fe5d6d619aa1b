using System.Text.Json;
using System.Text.Json.Nodes;
using Pellucid.EndToEnd.Tests.Experiments;
using Pellucid.TestSupport;

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

        string page = System.Text.Encoding.UTF8.GetString(report);
        Assert.Contains("Image domains: phantom-cxr", page, StringComparison.Ordinal);
        // Every table and figure has its place: curves too, and times in a page of their own.
        foreach (string part in new[] { "Table 1: deletion and insertion, image classification, ground truth", "Table 3", "Table 4", "Tables 5 and 6", "Figure 5: deletion and insertion curves, ground truth", "Layers:", "Heads:" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.Contains("href=\"timings.html\"", page, StringComparison.Ordinal);
        Assert.Contains("forward passes", await File.ReadAllTextAsync(Path.Combine(study, "timings.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Published values are not shipped", page, StringComparison.Ordinal);

        // Each part is an experiment like any other.
        CliRun again = (await Cli.RunAsync("run", Path.Combine(study, "localization", "experiment.yaml"), "--out", folder["again"], "--workspace", Path.Combine(study, "workspace"), "--threads", "1", "--json")).Succeeded();
        JsonElement counts = JsonDocument.Parse(again.Output).RootElement;
        Assert.Equal(counts.GetProperty("units").GetInt32(), counts.GetProperty("units_reused").GetInt32());
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(study, "localization", "results.csv"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(folder["again"], "results.csv"), TestContext.Current.CancellationToken));

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
    public async Task Published_values_are_for_the_papers_data_and_models_alone()
    {
        using TemporaryFolder folder = new();
        string file = folder["published.csv"], study = folder["study"];
        string[] command = ["reproduce", "grad-eclip", "--out", study, "--limit", "1", "--part", "localization", "--explainer", "grad-eclip", "--threads", "1", "--published", file];
        const string Head = "part,explainer,metric,data,model,value,source\n";

        (await Cli.RunAsync(command)).Refused("published.csv");
        foreach ((string row, string says) in new[]
        {
            ("localisation,grad-eclip,mask-iou,imagenet-s,ViT-B/16,0.5,by hand", "no part 'localisation'"), ("localization,grad-eclipse,mask-iou,imagenet-s,ViT-B/16,0.5,by hand", "grad-eclipse"),
            ("localization,grad-eclip,mask-iuo,imagenet-s,ViT-B/16,0.5,by hand", "mask-iou"), ("localization,grad-eclip,mask-iou,shapes,ViT-B/16,0.5,by hand", "'shapes' is none of the data sets"),
            ("localization,grad-eclip,mask-iou,imagenet-s,ViT-B16,0.5,by hand", "nearest: ViT-B/16"), ("localization,grad-eclip,mask-iou,imagenet-s,ViT-B/16,half,by hand", "'half' is no number"),
            ("localization,grad-eclip,mask-iou,imagenet-s,ViT-B/16,0.5,", "the source is empty"), ("localization,grad-eclip,mask-iou,imagenet-s,ViT-B/16,0.5,a\nlocalization,grad-eclip(),mask-iou(),imagenet-s,ViT-B/16,0.6,b", "line 3: the same value"),
        })
        {
            await File.WriteAllTextAsync(file, Head + row + "\n", TestContext.Current.CancellationToken);
            (await Cli.RunAsync(command)).Refused("published.csv', line", says);
        }

        Assert.False(Path.Exists(study));
        await File.WriteAllTextAsync(file, Head + "localization,grad-eclip,mask-iou,imagenet-s,ViT-B/16,0.5,by hand\n", TestContext.Current.CancellationToken);
        CliRun run = (await Cli.RunAsync(command)).Succeeded();
        Assert.Contains("this is none of the paper's data sets", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("by hand", await File.ReadAllTextAsync(Path.Combine(study, "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_that_cannot_be_read_are_counted_and_the_study_goes_on()
    {
        using TemporaryFolder folder = new();
        string data = folder["data"];
        Directory.CreateDirectory(Path.Combine(data, "images"));
        JsonObject scenes = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Datasets, "shapes", "annotations.json"), TestContext.Current.CancellationToken))!.AsObject();
        JsonNode[] images = [.. scenes["images"]!.AsArray().OrderByDescending(i => i!["num_objects"]!.GetValue<int>()).ThenBy(i => i!["id"]!.GetValue<int>()).Take(3).Select(i => i!.DeepClone())];
        int[] ids = [.. images.Select(i => i["id"]!.GetValue<int>())];
        JsonNode[] objects = [.. scenes["annotations"]!.AsArray().Where(a => ids.Contains(a!["image_id"]!.GetValue<int>())).Select(a => a!.DeepClone())];
        foreach (JsonNode image in images)
        {
            image.AsObject().Remove("mask_file");
            File.Copy(Path.Combine(RepositoryPaths.Datasets, "shapes", image["file_name"]!.GetValue<string>()), Path.Combine(data, image["file_name"]!.GetValue<string>()));
        }

        // The first: the one that times and pictures would be taken of.
        string broken = Path.Combine(data, images[0]["file_name"]!.GetValue<string>());
        await File.WriteAllBytesAsync(broken, (await File.ReadAllBytesAsync(broken, TestContext.Current.CancellationToken))[..100], TestContext.Current.CancellationToken);
        JsonObject some = new() { ["images"] = new JsonArray(images), ["annotations"] = new JsonArray(objects), ["categories"] = scenes["categories"]!.DeepClone() };
        await File.WriteAllTextAsync(Path.Combine(data, "annotations.json"), some.ToJsonString(), TestContext.Current.CancellationToken);

        CliRun run = await Cli.RunAsync("reproduce", "grad-eclip", "--data", data, "--out", folder["study"], "--part", "localization", "--part", "concepts", "--explainer", "grad-eclip", "--threads", "1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Table 4: time for one image and text", run.Output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(folder["study"], "report.html"), TestContext.Current.CancellationToken);
        foreach (string part in new[] { "Failures", "Words against phrases", "Concept decomposition and addibility", "Which object has the attribute", "Which word looks at which region" }) Assert.Contains(part, page, StringComparison.Ordinal);
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
