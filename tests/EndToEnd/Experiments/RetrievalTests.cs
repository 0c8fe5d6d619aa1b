using System.Text.Json;
using Pellucid.Host;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Models;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary>Deletion and insertion by retrieval on the embedded scenes.</summary>
public sealed class RetrievalTests
{
    private const string Scenes = """
        name: retrieval
        seed: 7
        models: shapes-clip
        dataset: { path: shapes, limit: 6 }
        texts: { from: captions }
        explainers: [grad-eclip, saliency]
        metrics: ["deletion-retrieval(steps=4, share=0.1)", text-deletion-retrieval]
        """;

    [Fact]
    public async Task Evaluate_gives_recalls_with_intervals_verdicts_and_curves_and_says_what_six_images_cannot_tell()
    {
        using TemporaryFolder folder = new();
        CliRun run = (await Cli.RunAsync(
            "evaluate", "--model", "shapes-clip", "--data", "shapes", "--texts", "captions", "--limit", "6", "--explainer", "grad-eclip", "--explainer", "saliency", "--threads", "1", "--out", folder["out"], "--json",
            "--metric", "insertion-retrieval(steps=4, share=0.1, retrieve=text)", "--metric", "deletion-retrieval(steps=2, share=0.1, at=10)", "--metric", "text-insertion-retrieval")).Succeeded();
        JsonElement[] estimates = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("estimates").EnumerateArray()];
        Assert.All(estimates, e => Assert.True(e.GetProperty("pooled").GetBoolean()));
        JsonElement insertion = estimates[0];
        Assert.Equal("higher", insertion.GetProperty("better").GetString());
        Assert.InRange(insertion.GetProperty("value").GetDouble(), insertion.GetProperty("low").GetDouble(), insertion.GetProperty("high").GetDouble());
        Assert.NotEqual("not tested", JsonDocument.Parse(run.Output).RootElement.GetProperty("comparisons")[0].GetProperty("first_is").GetString());

        JsonElement deletion = estimates[2];
        Assert.Equal(JsonValueKind.Null, deletion.GetProperty("value").ValueKind);
        Assert.Contains("fewer than 10 other images", Assert.Single(deletion.GetProperty("without_value").EnumerateObject()).Name, StringComparison.Ordinal);
        // Saliency says nothing of words.
        Assert.Equal([JsonValueKind.Number, JsonValueKind.Null], estimates[4..].Select(e => e.GetProperty("value").ValueKind));

        string[] curves = File.ReadAllLines(Path.Combine(folder["out"], "curves.csv"));
        foreach (string name in new[] { "image-retrieval@1", "image-retrieval@5", "text-retrieval@1", "text-retrieval@5", "text-retrieval@10" }) Assert.Contains(curves, l => l.Contains($",{name},grad-eclip,0,", StringComparison.Ordinal));
        Assert.DoesNotContain(curves, l => l.Contains("image-retrieval@10", StringComparison.Ordinal));
        // Before anything is inserted all images are alike: one in six.
        Assert.Contains(curves, l => l.Contains(",image-retrieval@1,grad-eclip,0,0.1666", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_stopped_goes_on_to_the_bytes_of_an_unbroken_one()
    {
        using ExperimentFolder folder = new(Scenes);
        using CancellationTokenSource stop = new();
        using (HostServices services = folder.Services())
        {
            ExperimentRunner runner = new(services, new ModelLocator(services, _ => null), TimeProvider.System);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(ExperimentFile.Read(folder.File), new ExperimentRunOptions { Out = folder.Out() }, new StopAfter(5, stop), stop.Token));
        }

        long before = folder.Stored("metrics");
        Assert.InRange(before, 5, 20);
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(24, folder.Stored("metrics"));
        (await Cli.RunAsync("run", folder.File, "--out", folder.Out("unbroken"), "--threads", "1")).Succeeded();
        foreach (string file in new[] { "results.csv", "summary.json", "report.html" }) Assert.Equal(folder.Read(file, "unbroken"), folder.Read(file));
    }

    [Fact]
    public async Task What_differs_only_in_the_pool_is_measured_once()
    {
        const string First = "deletion-retrieval(steps=4, share=0.1)", Second = "deletion-retrieval(steps=4, share=0.1, retrieve=text, at=5, gallery=unchanged)";
        using ExperimentFolder folder = new(Scenes.Replace(", text-deletion-retrieval]", $", \"{Second}\"]", StringComparison.Ordinal));
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(12, folder.Stored("metrics"));
        byte[] together = folder.Read("summary.json");
        Assert.Equal(2, JsonDocument.Parse(together).RootElement.GetProperty("groups")[0].GetProperty("metrics").EnumerateObject().Select(m => m.Value.GetProperty("pooled").GetDouble()).Distinct().Count());

        // The second alone is there already, and is what it was beside the first.
        folder.Write(Scenes.Replace($"\"{First}\", text-deletion-retrieval", $"\"{Second}\"", StringComparison.Ordinal));
        (await folder.RunAsync()).Succeeded();
        Assert.Equal(12, folder.Stored("metrics"));
        Assert.Equal(Pooled(together), Pooled(folder.Read("summary.json")));

        static double Pooled(byte[] summary) => JsonDocument.Parse(summary).RootElement.GetProperty("groups")[0].GetProperty("metrics").EnumerateObject()
            .Single(m => m.Name.Contains("at=5", StringComparison.Ordinal)).Value.GetProperty("pooled").GetDouble();
    }

    [Theory]
    [InlineData("regions")]
    [InlineData("ground-truth")]
    public async Task Other_texts_than_captions_are_refused_before_any_work(string texts)
    {
        using TemporaryFolder folder = new();
        CliRun run = await Cli.RunAsync("evaluate", "--model", "shapes-clip", "--data", "shapes", "--texts", texts, "--limit", "3", "--explainer", "grad-eclip", "--metric", "deletion-retrieval", "--out", folder["out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("take texts from captions of a data set that has them", run.Error, StringComparison.Ordinal);
    }

    private sealed class StopAfter(int units, CancellationTokenSource stop) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            if (value.Done >= units) stop.Cancel();
        }
    }
}
