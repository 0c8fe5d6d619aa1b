using System.Text.Json;
using System.Text.Json.Nodes;
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
        Assert.Contains("zero-shot(images=28)", experiment, StringComparison.Ordinal);
        foreach (string part in new[] { "Which claims hold", "Figure 1", "Figure 2", "moderate cardiomegaly", "What the maps measure", "Zero-shot" }) Assert.Contains(part, report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_written_experiment_runs_by_itself_and_gives_the_same_report()
    {
        using TemporaryFolder folder = new();
        (await RunAsync("--out", folder["one"], "--auroc-images", "20")).Succeeded();
        Assert.Contains("classify", Read(folder["one"], "timings.json"), StringComparison.Ordinal);
        string experiment = Path.Combine(folder["one"], "experiment.yaml"), report = Read(folder["one"], "report.html");

        (await Cli.RunAsync("run", experiment, "--out", folder["two"], "--workspace", Path.Combine(folder["one"], "workspace"), "--threads", "1")).Succeeded();
        Assert.Equal(report, Read(folder["two"], "report.html"));
        using JsonDocument timings = JsonDocument.Parse(Read(folder["two"], "timings.json"));
        Assert.Equal(timings.RootElement.GetProperty("units").GetInt32(), timings.RootElement.GetProperty("units_reused").GetInt32());
        // Nothing was classified again either.
        Assert.DoesNotContain("classify", Read(folder["two"], "timings.json"), StringComparison.Ordinal);

        // A section of the study in another experiment is refused.
        File.WriteAllText(Path.Combine(folder["one"], "other.yaml"), """
            name: other
            models: shapes-clip
            dataset: { path: shapes, limit: 1 }
            texts: { from: captions }
            explainers: saliency
            report: { sections: [medclip-measures] }
            """);
        (await Cli.RunAsync("run", Path.Combine(folder["one"], "other.yaml"), "--out", folder["three"])).Refused("medclip-measures", "reproduce envisioning-medclip", "its targets are not");
        File.WriteAllText(Path.Combine(folder["one"], "other.yaml"), Read(folder["one"], "other.yaml").Replace("medclip-measures", "zero-shot(images=0)", StringComparison.Ordinal));
        (await Cli.RunAsync("run", Path.Combine(folder["one"], "other.yaml"), "--out", folder["three"])).Refused("other.yaml:6:", "images");
        File.WriteAllText(Path.Combine(folder["one"], "other.yaml"), Read(folder["one"], "other.yaml").Replace("(images=0)", string.Empty, StringComparison.Ordinal));
        (await Cli.RunAsync("run", Path.Combine(folder["one"], "other.yaml"), "--out", folder["three"])).Refused("zero-shot", "kind class");
        Assert.False(Path.Exists(folder["three"]));
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_is_counted_and_the_others_go_on()
    {
        using TemporaryFolder folder = new();
        string data = Phantoms(folder["data"], 18);
        byte[] whole = File.ReadAllBytes(Path.Combine(data, "images", "cxr_0001.png"));
        // One among the explained, with a finding, and one among the classified alone.
        File.WriteAllBytes(Path.Combine(data, "images", "cxr_0001.png"), whole[..200]);
        File.Delete(Path.Combine(data, "images", "cxr_0016.png"));
        CliRun run = await RunAsync("--out", folder["out"], "--data", data, "--auroc-images", "18", "--json");

        Assert.Equal(1, run.ExitCode);
        JsonElement zeroShot = JsonDocument.Parse(run.Output).RootElement.GetProperty("zero_shot");
        Assert.Equal((16, 2), (zeroShot.GetProperty("images").GetInt32(), zeroShot.GetProperty("images_failed").GetInt32()));
        string report = Read(folder["out"], "report.html");
        Assert.Contains("2 images could not be classified", report, StringComparison.Ordinal);
        Assert.Contains("cxr_0016.png", report, StringComparison.Ordinal);
        Assert.Contains("Figure 1", report, StringComparison.Ordinal);

        // Again: the same, and nothing is classified anew. Then whole: its batch alone is.
        Assert.Equal(run.Output, (await RunAsync("--out", folder["out"], "--data", data, "--auroc-images", "18", "--json")).Output);
        Assert.Equal(report, Read(folder["out"], "report.html"));
        Assert.DoesNotContain("classify", Read(folder["out"], "timings.json"), StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(data, "images", "cxr_0001.png"), whole);
        run = await RunAsync("--out", folder["out"], "--data", data, "--auroc-images", "18", "--json");
        Assert.Equal(17, JsonDocument.Parse(run.Output).RootElement.GetProperty("zero_shot").GetProperty("images").GetInt32());
        JsonElement classify = JsonDocument.Parse(Read(folder["out"], "timings.json")).RootElement.GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "classify");
        Assert.Equal(1, classify.GetProperty("times").GetInt32());
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

    /// <summary>A data set of the first phantoms.</summary>
    private static string Phantoms(string folder, int images)
    {
        string source = Path.Combine(RepositoryPaths.Datasets, "phantom-cxr");
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        JsonObject all = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "annotations.json")))!.AsObject();
        JsonNode[] taken = [.. all["images"]!.AsArray().Take(images).Select(i => i!.DeepClone())];
        int[] ids = [.. taken.Select(i => i["id"]!.GetValue<int>())];
        foreach (JsonNode image in taken) File.Copy(Path.Combine(source, image["file_name"]!.GetValue<string>()), Path.Combine(folder, image["file_name"]!.GetValue<string>()));
        JsonObject some = new()
        {
            ["images"] = new JsonArray(taken),
            ["categories"] = all["categories"]!.DeepClone(),
            ["annotations"] = new JsonArray([.. all["annotations"]!.AsArray().Where(a => ids.Contains(a!["image_id"]!.GetValue<int>())).Select(a => a!.DeepClone())]),
        };
        File.WriteAllText(Path.Combine(folder, "annotations.json"), some.ToJsonString());
        return folder;
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file));
}
