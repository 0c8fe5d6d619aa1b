using System.Text.Json;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests.Reproduce;

/// <summary>The preset runs end to end, gives the same bytes again, goes on where it was, and refuses what it cannot use without leaving anything behind.</summary>
public sealed class EnvisioningMedClipTests
{
    private static readonly string[] Small =
    [
        "--limit", "3", "--methods", "saliency(abs=false)", "saliency", "--classes", "No Finding", "Cardiomegaly", "Edema", "Enlarged Cardiomediastinum", "--threads", "1", "--seed", "5",
    ];

    [Fact]
    public async Task The_study_says_the_same_twice_and_computes_nothing_again()
    {
        using TemporaryFolder folder = new();
        CliRun first = (await RunAsync("--out", folder["one"], "--auroc-images", "28")).Succeeded();
        Assert.Contains("Fused maps differ more between classes", first.Output, StringComparison.Ordinal);
        using JsonDocument dry = JsonDocument.Parse((await RunAsync("--out", folder["one"], "--dry-run", "--json")).Succeeded().Output);
        Assert.Equal(3 * 4 * 2 * 3, dry.RootElement.GetProperty("units").GetInt32());
        Assert.Equal(3 * 4 * 2 * 3, dry.RootElement.GetProperty("units_reused").GetInt32());
        CliRun second = (await RunAsync("--out", folder["two"], "--auroc-images", "28", "--json")).Succeeded();
        foreach (string file in new[] { "claims.json", "measures.csv", "results.csv", "report.html", "summary.json", "experiment.yaml", "prompts.json", "labels.json" })
            Assert.Equal(Read(folder["one"], file), Read(folder["two"], file));

        using JsonDocument claims = JsonDocument.Parse(second.Output);
        Assert.Equal(3, claims.RootElement.GetProperty("images").GetInt32());
        Assert.All(claims.RootElement.GetProperty("claims").EnumerateArray(), c => Assert.Equal(2, c.GetProperty("methods").GetArrayLength()));
        Assert.Equal(28, claims.RootElement.GetProperty("zero_shot").GetProperty("images").GetInt32());
        string[] rows = Read(folder["one"], "measures.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + (3 * 3 * 2), rows.Length);
        string experiment = Read(folder["one"], "experiment.yaml");
        // The absolute gradient is not linear in the target: its fusion needs the maps of all dimensions.
        Assert.Contains("embedding-fusion(inner=saliency, plan=maps)", experiment, StringComparison.Ordinal);
        Assert.Contains("embedding-fusion(inner=saliency(abs=false), plan=fused)", experiment, StringComparison.Ordinal);
        string report = Read(folder["one"], "report.html");
        foreach (string part in new[] { "Which claims hold", "Figure 1", "Figure 2", "moderate cardiomegaly", "What the maps measure", "Zero-shot" }) Assert.Contains(part, report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Edema\": [\"a\"], \"Broken heart\": [\"b\"]}", "class \"Broken heart\" of the prompts is no label", "--classes")]
    [InlineData("{\"Edema\": [\"a\"]}", "at least two classes")]
    [InlineData("{\"Edema\": \"a\"}", "not a list of prompts")]
    public async Task Prompts_that_cannot_be_used_leave_nothing_behind(string prompts, params string[] says)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["p.json"], prompts, TestContext.Current.CancellationToken);
        (await Cli.RunAsync("reproduce", "envisioning-medclip", "--prompts", folder["p.json"], "--out", folder["out"])).Refused(says);
        Assert.False(Path.Exists(folder["out"]));
    }

    [Fact]
    public async Task Models_data_and_methods_that_cannot_be_used_leave_nothing_behind()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["empty"]);
        (await RunAsync("--out", folder["out"], "--data", folder["empty"])).Refused("no reader knows the data set");
        (await RunAsync("--out", folder["out"], "--data", Path.Combine(RepositoryPaths.Datasets, "phantom-cxr", "images"))).Refused("have no labels");
        (await RunAsync("--out", folder["out"], "--model", folder["empty"], "--prompts", Path.Combine(RepositoryPaths.Models, "phantom-medclip", "prompts.json"))).Refused("no model adapter can load");
        (await RunAsync("--out", folder["out"], "--classes", "Edemma", "Edema")).Refused("nearest: Edema");
        (await Cli.RunAsync("reproduce", "envisioning-medclip", "--out", folder["out"], "--methods", "saliencyy")).Refused("saliencyy");
        // What only planning can find: the method explains, but no dimension of an embedding.
        (await Cli.RunAsync("reproduce", "envisioning-medclip", "--out", folder["out"], "--auroc-images", "0", "--limit", "2", "--methods", "clip-surgery")).Refused("clip-surgery");
        Assert.False(Path.Exists(folder["out"]));
    }

    private static Task<CliRun> RunAsync(params string[] more) => Cli.RunAsync(["reproduce", "envisioning-medclip", .. Small, .. more]);

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file));
}
