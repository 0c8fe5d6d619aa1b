using System.Text.Json;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary><c>evaluate</c> on maps, masks, classes and files that cannot be used: what is wrong is said, counted, and costs nothing else.</summary>
public sealed class EvaluateBadInputTests
{
    private const string Object = "[1489, 800, 1807]", Nothing = "[4096]";
    private static readonly string Plugin = Path.Combine(RepositoryPaths.Root, "artifacts", "test-plugins", "GivenMaps");

    /// <summary>Three images (of rings the first and the third, of a cube the second); what differs from a sound data set, and what comes out.</summary>
    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["sound input"] = new("brightness", "pointing-game", Measured: 3),
        ["maps of another size are brought to the image's"] = new("other-size", "pointing-game", Measured: 3),
        ["maps over volumes are no maps over images"] = new("volume", "complexity", Failed: 3, Says: "the map is [2,64,64]: over an image it is [h, w]"),
        ["a volume among maps costs its image"] = new("volume, only=2.png", "pointing-game", Measured: 2, Failed: 1, Says: "the map is [2,64,64]"),
        ["maps without a value"] = new("empty", "complexity", Failed: 3, Says: "the map is [0,0]"),
        ["constant maps"] = new("constant", "pointing-game", Without: 3, Says: "the map is constant"),
        ["a constant map among others"] = new("constant, only=2.png", "pointing-game", Measured: 2, Without: 1, Says: "the map is constant"),
        ["maps of zeros"] = new("zero", "sparseness", Without: 3, Says: "the map is all zeros"),
        ["a map of zeros and energy"] = new("zero, only=1.png", "energy-pointing-game", Measured: 2, Without: 1, Says: "no mass"),
        ["maps of no numbers"] = new("nan", "complexity", Failed: 3, Says: "the map holds values that are no numbers"),
        ["a map of no numbers among others"] = new("nan, only=3.png", "mask-iou", Measured: 2, Failed: 1, Says: "the map holds values that are no numbers"),
        ["an empty mask"] = new("brightness", "pointing-game", Measured: 2, Without: 1, Says: "the mask is empty") { Second = Region(2, 2, Nothing) },
        ["an empty mask and a pool"] = new("brightness", "mask-iou", Measured: 2, Without: 1, Says: "the mask is empty") { Second = Region(2, 2, Nothing) },
        ["a mask of another size"] = new("brightness", "pointing-game", Measured: 2, Failed: 1, Says: "it is for 32 x 32 pixels") { Second = Region(2, 2, "[0, 1024]", side: 32) },
        ["a mask whose runs do not fit"] = new("brightness", "pointing-game", Measured: 2, Failed: 1, Says: "its run lengths are of 4000 pixels, the image has 4096") { Second = Region(2, 2, "[4000]") },
        ["an image without a region"] = new("brightness", "pointing-game", Measured: 2, Images: 2, Says: "1 of 3 images have no text to explain (2.png the first)") { Second = null },
        ["an image that is not there"] = new("brightness", "complexity", Measured: 2, Failed: 1, Says: "2.png") { Prepare = folder => File.Delete(Path.Combine(folder, "2.png")) },
        ["an image that ends in the middle"] = new("brightness", "complexity", Measured: 2, Failed: 1, Says: "2.png")
        {
            Prepare = folder => File.WriteAllBytes(Path.Combine(folder, "2.png"), File.ReadAllBytes(Cli.Scene(2))[..200]),
        },
        ["a class that the prompts do not have"] = new("brightness", "complexity", Measured: 2, Images: 2, Says: "1 of 3 images have no text to explain (2.png the first)") { Prompts = """{"ring": ["a ring"], "sphere": ["a sphere"]}""" },
        ["a record with a class that does not exist, skipped"] = new("brightness", "complexity", Measured: 2, Images: 2, Says: "records of the data set were left out") { Second = Region(2, 9, Object), More = ["--bad-records", "skip"] },
    };

    /// <summary>What leaves nothing to do is refused before any work.</summary>
    private static readonly Dictionary<string, Case> Refusals = new(StringComparer.Ordinal)
    {
        ["no class of the prompts is one of the images"] = new("brightness", "complexity", Says: "no class of the prompts file is a label of the data set: it has sphere, the data set has cube, ring") { Prompts = """{"sphere": ["a sphere"]}""" },
        ["a record with a class that does not exist"] = new("brightness", "complexity", Says: "annotations[1]") { Second = Region(2, 9, Object) },
        ["annotations that end in the middle"] = new("brightness", "complexity", Says: "annotations.json") { Prepare = folder => File.WriteAllText(Path.Combine(folder, "annotations.json"), """{"images": [{"id": 1, """) },
        ["no file at all"] = new("brightness", "complexity", Says: "there is no data set") { Prepare = folder => Directory.Delete(folder, recursive: true) },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> RefusedNames => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_told_counted_and_costs_nothing_else(string name)
    {
        using TemporaryFolder folder = new();
        Case wrong = Cases[name];
        CliRun run = await RunAsync(folder, wrong);
        Assert.True(run.ExitCode == (wrong.Failed > 0 ? 1 : 0), $"exit code {run.ExitCode}: {run.Error}");
        JsonElement evaluation = JsonDocument.Parse(run.Output).RootElement, estimate = evaluation.GetProperty("estimates")[0];
        int without = estimate.GetProperty("without_value").EnumerateObject().Sum(r => r.Value.GetInt32());
        Assert.Equal((wrong.Images, wrong.Measured, wrong.Failed, wrong.Without), (estimate.GetProperty("units").GetInt32(), estimate.GetProperty("measured").GetInt32(), estimate.GetProperty("failed").GetInt32(), without));
        Assert.Equal(wrong.Measured == 0, estimate.GetProperty("value").ValueKind == JsonValueKind.Null);
        Assert.Contains(wrong.Says, run.Error + run.Output + File.ReadAllText(Path.Combine(folder["out"], "summary.json")), StringComparison.Ordinal);
        Assert.Equal(1 + wrong.Images, File.ReadAllLines(Path.Combine(folder["out"], "results.csv")).Length);
        Assert.Equal(evaluation.GetProperty("images").GetInt32() - wrong.Images, evaluation.GetProperty("images_without_targets").GetInt32());
        Assert.Contains("How to read the numbers", File.ReadAllText(Path.Combine(folder["out"], "report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task What_leaves_nothing_is_refused_before_any_work(string name)
    {
        using TemporaryFolder folder = new();
        (await RunAsync(folder, Refusals[name])).Refused(Refusals[name].Says);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static async Task<CliRun> RunAsync(TemporaryFolder folder, Case wrong)
    {
        string data = folder["data"];
        Directory.CreateDirectory(data);
        for (int i = 1; i <= 3; i++) File.Copy(Cli.Scene(i), Path.Combine(data, $"{i}.png"));
        string[] regions = [Region(1, 1, Object), .. wrong.Second is { } second ? [second] : Array.Empty<string>(), Region(3, 1, Object)];
        File.WriteAllText(Path.Combine(data, "annotations.json"), $$"""
            {"images": [{"id": 1, "file_name": "1.png"}, {"id": 2, "file_name": "2.png"}, {"id": 3, "file_name": "3.png"}],
             "categories": [{"id": 1, "name": "ring"}, {"id": 2, "name": "cube"}],
             "annotations": [{{string.Join(", ", regions)}}]}
            """);
        wrong.Prepare?.Invoke(data);
        List<string> more = [.. wrong.More];
        if (wrong.Prompts is { } prompts)
        {
            File.WriteAllText(folder["prompts.json"], prompts);
            more.AddRange(["--prompts", folder["prompts.json"]]);
        }

        string state = folder["state"];
        Directory.CreateDirectory(state);
        (await Cli.RunWithStateAsync(state, "plugins", "trust", Plugin)).Succeeded();
        return await Cli.RunWithStateAsync(state, [
            "evaluate", "--plugins", Plugin, "--model", "shapes-clip", "--data", data, "--explainer", $"given-map(kind={wrong.Map})", "--metric", wrong.Metric, "--threads", "1", "--out", folder["out"], "--json", .. more]);
    }

    /// <summary>An annotation: the class's pixels in an image, as run lengths.</summary>
    private static string Region(int image, int category, string counts, int side = 64) =>
        $$$"""{"id": {{{image}}}, "image_id": {{{image}}}, "category_id": {{{category}}}, "bbox": [9, 9, 9, 9], "segmentation": {"size": [{{{side}}}, {{{side}}}], "counts": {{{counts}}}}}""";

    private sealed record Case(string Map, string Metric, int Measured = 0, int Failed = 0, int Without = 0, int Images = 3, string Says = "")
    {
        /// <summary>The annotation of the second image; null for none.</summary>
        public string? Second { get; init; } = Region(2, 2, Object);

        public string? Prompts { get; init; }

        public string[] More { get; init; } = [];

        public Action<string>? Prepare { get; init; }
    }
}
