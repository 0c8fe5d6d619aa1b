using System.Diagnostics;
using Pellucid.Graphs;
using Pellucid.Host;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Models;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary>Runs that end before their end: nothing is lost, nothing is counted twice, damage is noticed.</summary>
public sealed class ResumeTests
{
    /// <summary>Slow enough to be killed in the middle.</summary>
    private const string Slow = """
        name: slow
        seed: 7
        models: shapes-clip
        dataset: { path: shapes, items: ["images/00007*"], limit: 6 }
        texts: { from: regions }
        explainers: ["integrated-gradients(steps=100)", grad-eclip]
        metrics: [pixel-flipping]
        """;

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_like_an_unbroken_one()
    {
        using ExperimentFolder folder = new(Slow);
        int killed = 0;
        foreach (int maps in new[] { 1, 5, 12 })
        {
            if (await folder.KillAsync(() => folder.Artifacts().Length >= maps, "run", folder.File)) killed++;
        }

        Assert.True(killed > 0, "the run was over before it could be killed");
        Assert.False(File.Exists(Path.Combine(folder.Out(), "results.csv")));
        long before = folder.Stored("units");
        (await folder.RunAsync()).Succeeded();
        int units = folder.Count("units");
        Assert.Equal(before, folder.Count("units_reused"));
        Assert.InRange(before, 1, units);
        Assert.Equal((units, units), (folder.Stored("units"), folder.Stored("metrics")));
        Assert.Equal(units, folder.Rows().Distinct(StringComparer.Ordinal).Count());

        (await Cli.RunAsync("run", folder.File, "--out", folder.Out("unbroken"), "--threads", "1")).Succeeded();
        foreach (string file in new[] { "results.csv", "summary.json", "report.html", "provenance.json" }) Assert.Equal(folder.Read(file, "unbroken"), folder.Read(file));
        Assert.Empty(Directory.GetFiles(folder.Out(), ".*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Stopping_keeps_what_is_done_and_says_how_to_go_on(int after)
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        using CancellationTokenSource stop = new();
        using (HostServices services = folder.Services())
        {
            ExperimentRunner runner = new(services, new ModelLocator(services, _ => null), TimeProvider.System);
            Progress progress = new(() => stop.Cancel(), after);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(ExperimentFile.Read(folder.File), new ExperimentRunOptions { Out = folder.Out() }, progress, stop.Token));
        }

        Assert.False(File.Exists(Path.Combine(folder.Out(), "results.csv")));
        long before = folder.Stored("units");
        Assert.True(before >= after);
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(before, folder.Count("units_reused"));

        File.Delete(Path.Combine(folder.Out(), "results.csv"));
        CliRun cancelled = await Cli.RunAsync(new CancellationToken(canceled: true), "run", folder.File, "--out", folder.Out());
        Assert.Equal(130, cancelled.ExitCode);
        Assert.Contains("run the same command again", cancelled.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("changed")]
    [InlineData("removed")]
    public async Task A_damaged_map_is_computed_anew_and_reported(string damage)
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small + "\nmetrics: [pixel-flipping]");
        (await folder.RunAsync()).Succeeded();
        byte[] first = folder.Read("results.csv");
        string map = folder.Artifacts()[0];
        byte[] content = File.ReadAllBytes(map);
        if (damage == "truncated") File.WriteAllBytes(map, content[..^7]);
        else if (damage == "removed") File.Delete(map);
        else
        {
            content[^1] ^= 1;
            File.WriteAllBytes(map, content);
        }

        CliRun run = (await folder.RunAsync()).Succeeded();
        Assert.Contains("missing or damaged and were computed anew", run.Error, StringComparison.Ordinal);
        Assert.InRange(folder.Count("units_damaged"), 1, 2);
        Assert.Equal(folder.Count("units") - folder.Count("units_damaged"), folder.Count("units_reused"));
        Assert.Equal(first, folder.Read("results.csv"));
    }

    [Fact]
    public async Task A_second_process_in_the_same_folder_is_refused()
    {
        using ExperimentFolder folder = new(ExperimentFolder.Small);
        using (Workspace.Open(Path.Combine(folder.Out(), "workspace")))
        {
            using Process second = folder.Start("run", folder.File);
            string error = await second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(2, second.ExitCode);
            Assert.Contains("another run is at work", error, StringComparison.Ordinal);
        }

        (await folder.RunAsync()).Succeeded();
    }

    [Fact]
    public async Task A_preset_writes_runs_and_reports_an_experiment()
    {
        using ExperimentFolder folder = new(string.Empty);
        Experiment experiment = new()
        {
            Name = "preset",
            Models = ["shapes-clip"],
            Dataset = new DatasetChoice { Path = "shapes", Limit = 1 },
            Texts = [new GivenTexts(["a red ring"])],
            Explainers = ["saliency"],
            Report = new ReportChoice { Sections = ["maps", "results"] },
        };
        using HostServices services = folder.Services();
        ExperimentRunner runner = new(services, new ModelLocator(services, _ => null), TimeProvider.System);
        ExperimentRunOptions options = new() { Out = folder.Out() };
        ExperimentRun run = await runner.RunAsync(ExperimentFile.Of(experiment, folder.Path), options, null, TestContext.Current.CancellationToken);
        Assert.Empty(run.Failed);
        Assert.Equal(2, run.Sections.Count);
        Assert.Contains("score ", System.Text.Encoding.UTF8.GetString(folder.Read("report.html")), StringComparison.Ordinal);
        PellucidException refused = await Assert.ThrowsAsync<ExperimentException>(() => runner.RunAsync(ExperimentFile.Of(experiment with { Explainers = ["salience"] }, folder.Path), options, null, TestContext.Current.CancellationToken));
        Assert.StartsWith("experiment preset:", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Progress(Action act, int after) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            if (value.Done >= after) act();
        }
    }
}
