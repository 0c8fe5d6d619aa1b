using System.Text;
using Pellucid.Host;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Models;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary>Running experiments: what is there is not computed again, whatever changed that does not decide a number.</summary>
public sealed class RunTests
{
    private static readonly string[] Compared = ["results.csv", "summary.json", "provenance.json", "experiment.yaml", "report.html"];

    private static readonly (string Before, string After, Reuse Expected)[] Changes =
    [
        ("name: small", "name: other", Reuse.All),
        ("limit: 3", "limit: 2", Reuse.All),
        ("limit: 3", "limit: 3, reader: coco, bad-records: skip", Reuse.All),
        ("[grad-eclip, saliency]", "[saliency, \"grad-eclip(layers=1)\"]", Reuse.All),
        ("report: none", "report: { sections: [results] }", Reuse.All),
        ("{ from: regions }", "[{ from: regions }, a text more]", Reuse.Some),
        ("limit: 3", "limit: 4", Reuse.Some),
        ("[grad-eclip, saliency]", "[grad-eclip, saliency, input-x-gradient]", Reuse.Some),
        ("saliency]", "\"saliency(abs=false)\"]", Reuse.Some),
        ("seed: 7", "seed: 8", Reuse.None),
        ("report: none", "targets: [{ kind: matching, score: logit }]", Reuse.None),
        ("report: none", "preparation: keep-aspect", Reuse.None),
    ];

    private enum Reuse
    {
        All,
        Some,
        None,
    }

    [Fact]
    public async Task Equal_input_gives_equal_bytes()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small.Replace("report: none", "metrics: [pixel-flipping]", StringComparison.Ordinal));
        (await folder.RunAsync()).Succeeded();
        (await Cli.RunAsync("run", folder.File, "--out", folder.Out("again"), "--threads", "1")).Succeeded();
        foreach (string file in Compared) Assert.Equal(folder.Read(file), folder.Read(file, "again"));
        Assert.Equal(folder.Artifacts().Select(Path.GetFileName).Order(StringComparer.Ordinal), folder.Artifacts("again").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(folder.Rows().Order(StringComparer.Ordinal), folder.Rows());
    }

    [Fact]
    public async Task Deltas_of_methods_stand_in_the_results()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small.Replace("[grad-eclip, saliency]", "[\"integrated-gradients(steps=4)\", lrp, saliency]", StringComparison.Ordinal).Replace("limit: 3", "limit: 1", StringComparison.Ordinal));
        (await folder.RunAsync()).Succeeded();
        string[] header = Encoding.UTF8.GetString(folder.Read("results.csv")).Split('\n')[0].Split(',');
        int convergence = Array.IndexOf(header, "convergence_delta"), relevance = Array.IndexOf(header, "relevance_delta");
        Assert.Equal((convergence + 1, convergence + 2), (relevance, Array.IndexOf(header, "warning")));
        Assert.All(folder.Rows(), row =>
        {
            string[] cells = row.Replace("integrated-gradients(steps=4)", "path", StringComparison.Ordinal).Split(',');
            Assert.Equal((cells[2] == "path", cells[2] == "lrp"), (double.TryParse(cells[convergence], out _), double.TryParse(cells[relevance], out _)));
        });
        string summary = Encoding.UTF8.GetString(folder.Read("summary.json"));
        Assert.Contains("\"relevance_delta\": {", summary, StringComparison.Ordinal);
        Assert.Contains("\"with_warning\": 0", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_computes_nothing()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small + "\nmetrics: [pixel-flipping]");
        (await folder.RunAsync()).Succeeded();
        byte[] first = folder.Read("results.csv");
        int units = folder.Count("units");
        Assert.True(units >= 6);
        Assert.Equal(0, folder.Count("units_reused"));
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(units, folder.Count("units_reused"));
        Assert.Equal(units, folder.Count("metric_values_reused"));
        Assert.Equal(0, folder.Times("explain:") + folder.Times("measure:") + folder.Times("load images"));
        Assert.Equal(first, folder.Read("results.csv"));
    }

    [Fact]
    public async Task Only_what_decides_numbers_is_computed_again()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        using HostServices services = folder.Services();
        ExperimentRunner runner = new(services, new ModelLocator(services, _ => null), TimeProvider.System);
        ExperimentRunOptions options = new() { Out = folder.Out() };
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        int all = (await runner.RunAsync(ExperimentFile.Read(folder.File), options, null, cancellationToken)).Tally.Units;
        foreach ((string before, string after, Reuse expected) in Changes)
        {
            string changed = ExperimentFolder.Small.Replace(before, after, StringComparison.Ordinal);
            Assert.NotEqual(ExperimentFolder.Small, changed);
            RunTally tally = (await runner.LookAsync(ExperimentFile.Parse(changed, "x.yaml", folder.Path), options with { BatchSize = 5 }, cancellationToken)).Tally;
            Reuse seen = tally.Reused == tally.Units ? Reuse.All : tally.Reused == 0 ? Reuse.None : Reuse.Some;
            Assert.True(expected == seen, $"{before} -> {after}: {tally.Reused} of {tally.Units} units were there, of {all} before");
        }
    }

    [Fact]
    public async Task Another_batch_size_and_another_metric_recompute_nothing()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        (await folder.RunAsync("--batch-size", "1")).Succeeded();
        folder.Write(ExperimentFolder.Small + "\nmetrics: [pixel-flipping]");
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(folder.Count("units"), folder.Count("units_reused"));
        Assert.Equal(0, folder.Count("metric_values_reused"));
        Assert.Equal(0, folder.Times("explain:"));
        folder.Write(ExperimentFolder.Small + "\nmetrics: [pixel-flipping, \"pixel-flipping(fill=white)\"]");
        (await folder.RunAsync("--batch-size", "3")).Succeeded();
        Assert.Equal(folder.Count("units"), folder.Count("metric_values_reused"));
        Assert.Equal(0, folder.Times("measure: pixel-flipping", exactly: true));
    }

    [Fact]
    public async Task A_shared_workspace_serves_several_experiments()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        string shared = Path.Combine(folder.Path, "shared");
        (await Cli.RunAsync("run", folder.File, "--out", folder.Out("first"), "--workspace", shared)).Succeeded();
        (await folder.RunAsync("--workspace", shared)).Succeeded();
        Assert.Equal(folder.Count("units"), folder.Count("units_reused"));
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        CliRun before = (await folder.RunAsync("--dry-run")).Succeeded();
        Assert.Contains("0 there already", before.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Out()));
        (await folder.RunAsync()).Succeeded();
        CliRun after = (await folder.RunAsync("--dry-run")).Succeeded();
        Assert.Contains(", 0 to do", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_image_fails_its_units_and_no_others()
    {
        using ExperimentFolder folder = new("""
            name: bad
            models: shapes-clip
            dataset: images
            texts: a red ring
            explainers: saliency
            """);
        string images = Directory.CreateDirectory(Path.Combine(folder.Path, "images")).FullName;
        File.Copy(Cli.Scene(71), Path.Combine(images, "a.png"));
        File.WriteAllText(Path.Combine(images, "b.png"), "no image");
        File.Copy(Cli.Scene(72), Path.Combine(images, "c.png"));
        CliRun run = await folder.RunAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("3 units, 0 of them there before, 1 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("b.png", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, folder.Rows().Count);
        Assert.Single(folder.Rows(), r => r.StartsWith("shapes-clip,b.png,saliency", StringComparison.Ordinal) && r.Contains("no image", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("\"failed\": 1", Encoding.UTF8.GetString(folder.Read("summary.json")), StringComparison.Ordinal);

        File.Copy(Cli.Scene(73), Path.Combine(images, "b.png"), overwrite: true);
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(2, folder.Count("units_reused"));
        Assert.DoesNotContain(folder.Rows(), r => r.Contains("no image", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_could_never_work_is_refused_before_any_work()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small
            .Replace("[grad-eclip, saliency]", "[grad-eclop, saliency, saliency, \"saliency(abs=maybe)\"]", StringComparison.Ordinal)
            .Replace("shapes,", "shapse,", StringComparison.Ordinal)
            .Replace("shapes-clip", "[shapes-clop]", StringComparison.Ordinal)
            + "\nmetrics: [pixel-flippin]");
        CliRun run = (await folder.RunAsync()).Refused(
            "6 things", ":3:10: there is no model 'shapes-clop'", "nearest: shapes-clip", ":4:18: there is no data set 'shapse'", ":6:14: there is no explainer 'grad-eclop'", "nearest: grad-eclip",
            ":6:36: the same stands in explainers before", "abs", ":8:11: there is no metric 'pixel-flippin'");
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(folder.Out()));
        (await Cli.RunAsync("run", folder.File, "--out", Path.Combine(folder.Path, "not", "there", "yet"))).Refused("6 things");
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "not")));
        (await Cli.RunAsync("run", folder.File, "--out", string.Empty)).Refused("the folder for the results has no name");
        string kept = Directory.CreateDirectory(folder.Out("kept")).FullName;
        (await Cli.RunAsync("run", folder.File, "--out", kept)).Refused("6 things");
        Assert.True(Directory.Exists(kept));

        folder.Write(ExperimentFolder.Small + "\ntargets: [{ kind: embedding-dimension, dimensions: [3, 4096] }]");
        (await folder.RunAsync()).Refused(":8:56: embedding dimension 4096 does not exist");
        folder.Write(ExperimentFolder.Small.Replace("{ from: regions }", "{ from: prompts, file: none.json }", StringComparison.Ordinal));
        (await folder.RunAsync()).Refused(":5:", "none.json");
        folder.Write(ExperimentFolder.Small.Replace("{ from: regions }", "{ from: labels, only: [cube, spher] }", StringComparison.Ordinal));
        (await folder.RunAsync()).Refused("'spher' is no label", "nearest: sphere");
        folder.Write(ExperimentFolder.Small.Replace("images/00007*", "photos/*", StringComparison.Ordinal));
        (await folder.RunAsync()).Refused("no image of the data set has an id like 'photos/*'");
        folder.Write(ExperimentFolder.Small.Replace("report: none", "report: { sections: [mapss] }", StringComparison.Ordinal));
        (await folder.RunAsync()).Refused("there is no report section 'mapss'", "nearest: maps");
    }

    [Fact]
    public async Task Json_prints_counts_and_nothing_else()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        CliRun run = (await folder.RunAsync("--json")).Succeeded();
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.Equal(json.RootElement.GetProperty("units").GetInt32(), folder.Rows().Count);
    }

    [Fact]
    public async Task Every_kind_of_target_runs()
    {
        using ExperimentFolder folder = new("""
            name: targets
            models: shapes-clip
            dataset: { path: shapes, items: "images/000071.png" }
            texts: [a red ring, { from: captions, which: all }, { from: labels, template: "a {label}", of: all }]
            targets:
              - { kind: matching, score: linear }
              - { kind: contrast, against: a cube }
              - { kind: class, template: "a {label}", form: probability, of: all }
              - { kind: embedding-dimension, dimensions: [0, 1] }
            explainers: saliency
            """);
        (await folder.RunAsync()).Succeeded();
        string rows = string.Join('\n', folder.Rows());
        foreach (string kind in new[] { "linear with", "minus that with", "probability of class", "embedding dimension 1" }) Assert.Contains(kind, rows, StringComparison.Ordinal);
        Assert.True(folder.Read("report.html").Length > 10_000);
    }
}
