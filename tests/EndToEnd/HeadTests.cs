using System.Globalization;
using System.Text;
using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests;

/// <summary>A head is fitted to the embedded medical data, and every explainer explains it.</summary>
public class HeadTests(ITestOutputHelper output)
{
    private static readonly string Phantoms = Path.Combine(RepositoryPaths.Datasets, "phantom-cxr");

    [Fact]
    public async Task A_classification_is_fitted_cross_validated_and_explained()
    {
        using TemporaryFolder folder = new();
        await WriteData(folder["data.csv"], (_, labels) => labels["Cardiomegaly"] > 0 ? "large" : "normal", "heart", 80);
        CliRun fit = (await Fit(folder, "data.csv", "logistic", "--json")).Succeeded();
        using JsonDocument json = JsonDocument.Parse(fit.Output);
        double accuracy = json.RootElement.GetProperty("outputs")[0].GetProperty("cross_validated").GetDouble();
        output.WriteLine($"cardiomegaly from embeddings: cross-validated accuracy {accuracy:F3}");
        Assert.InRange(accuracy, 0.9, 1);

        CliRun explained = await Explain(
            folder["out"], "--head", folder["head.safetensors"] + ":large", "--class-score", "probability", "--json",
            "--explainer", "integrated-gradients(steps=8)", "--explainer", "occlusion(window=28, stride=28)", "--explainer", "grad-cam(layer=vision.stage1)");
        using JsonDocument explanation = JsonDocument.Parse(explained.Succeeded().Output);
        JsonElement[] cells = [.. explanation.RootElement.GetProperty("explanations").EnumerateArray()];
        Assert.Equal(3, cells.Length);
        Assert.Equal("probability of \"large\" by head head.safetensors", cells[0].GetProperty("target").GetString());
        Assert.All(cells, c => Assert.InRange(c.GetProperty("score").GetDouble(), 0.5, 1));
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("1e-310")]
    public async Task Values_that_no_weights_can_give_are_refused(string value)
    {
        using TemporaryFolder folder = new();
        await WriteData(folder["data.csv"], (n, _) => n == 3 ? value : "0", "size", 8);
        (await Fit(folder, "data.csv", "ridge")).Refused("\"size\"", "give them in another unit");
        Assert.False(File.Exists(folder["head.safetensors"]));
    }

    [Fact]
    public async Task A_fit_of_the_number_of_findings_is_the_same_each_time_and_explained_by_its_name()
    {
        using TemporaryFolder folder = new();
        await WriteData(folder["data.csv"], (_, labels) => labels.Where(l => l.Key != "No Finding").Sum(l => l.Value).ToString(CultureInfo.InvariantCulture), "findings", 60);
        (await Fit(folder, "data.csv", "ridge", "--regularization", "0.1")).Succeeded();
        byte[] first = await File.ReadAllBytesAsync(folder["head.safetensors"], TestContext.Current.CancellationToken);
        CliRun again = (await Fit(folder, "data.csv", "ridge", "--regularization", "0.1")).Succeeded();
        Assert.Contains("CROSS-VALIDATED", again.Output, StringComparison.Ordinal);
        Assert.Equal(first, await File.ReadAllBytesAsync(folder["head.safetensors"], TestContext.Current.CancellationToken));
        (await Explain(folder["out"], "--head", folder["head.safetensors"] + ":findings", "--explainer", "saliency")).Succeeded();
        (await Explain(folder["x"], "--head", folder["head.safetensors"], "--class-score", "probability", "--explainer", "saliency")).Refused("has no probabilities");
        (await Explain(folder["x"], "--head", folder["head.safetensors"] + ":finding", "--explainer", "saliency")).Refused("nearest: findings");
        (await Cli.RunAsync("explain", "--image", Cli.Scene(71), "--head", folder["head.safetensors"], "--explainer", "saliency", "--out", folder["x"])).Refused("head");
    }

    [Fact]
    public async Task The_head_of_a_text_has_the_maps_of_the_text()
    {
        using TemporaryFolder folder = new();
        const string Text = "moderate cardiomegaly";
        string[] methods = ["--explainer", "saliency(abs=false)", "--explainer", "occlusion(window=28, stride=28)", "--explainer", "grad-cam(layer=vision.stage1, form=raw)", "--explainer", "integrated-gradients(steps=8)"];
        (await Explain(folder["text"], ["--text", Text, "--score", "linear", .. methods])).Succeeded();
        await HeadOfText.WriteAsync(folder["head.safetensors"], Text);
        (await Explain(folder["head"], ["--head", folder["head.safetensors"], .. methods])).Succeeded();
        IReadOnlyDictionary<string, HostTensor> expected = SafetensorsReader.ReadAll(Path.Combine(folder["text"], "maps.safetensors"));
        IReadOnlyDictionary<string, HostTensor> actual = SafetensorsReader.ReadAll(Path.Combine(folder["head"], "maps.safetensors"));
        Assert.Equal(8, expected.Count);
        foreach ((string key, HostTensor map) in expected)
        {
            float size = map.Floats.ToArray().Max(Math.Abs);
            Assert.True(size > 0, key);
            for (int i = 0; i < map.Length; i++) Assert.Equal(map.Floats[i], actual[key].Floats[i], 2e-5 * size);
        }
    }

    [Fact]
    public async Task An_experiment_explains_heads_and_refuses_those_of_other_models()
    {
        using TemporaryFolder folder = new();
        await HeadOfText.WriteAsync(folder["head.safetensors"], "moderate cardiomegaly");
        string Experiment(string model, string head) =>
            $"name: heads\nmodels: [{model}]\ndataset: {{ path: phantom-cxr, limit: 2 }}\ntargets:\n  - {{ kind: head, heads: [\"{head}\"] }}\nexplainers: [saliency]\n";
        await File.WriteAllTextAsync(folder["e.yaml"], Experiment("phantom-medclip", "head.safetensors:match"), TestContext.Current.CancellationToken);
        (await Cli.RunAsync("run", folder["e.yaml"], "--out", folder["out"])).Succeeded();
        await File.WriteAllTextAsync(folder["e.yaml"], Experiment("shapes-clip", "head.safetensors:match"), TestContext.Current.CancellationToken);
        (await Cli.RunAsync("run", folder["e.yaml"], "--out", folder["x"])).Refused("head");
        await File.WriteAllTextAsync(folder["e.yaml"], Experiment("phantom-medclip", "head.safetensors:mach"), TestContext.Current.CancellationToken);
        (await Cli.RunAsync("run", folder["e.yaml"], "--out", folder["x"])).Refused("e.yaml:5:", "nearest: match");
        Assert.False(Directory.Exists(folder["x"]) && Directory.EnumerateFileSystemEntries(folder["x"]).Any());
    }

    [Theory]
    [InlineData("ridge", "Path,x\n{0},1\n{1},1\n{2},1\n", "is 1 for all 3 images")]
    [InlineData("ridge", "Path,x\n{0},1\n{1},NaN\n{2},1\n", "line 3", "no finite number")]
    [InlineData("ridge", "Path,x\n{0},1\nnowhere.png,2\n", "line 3", "there is no image 'nowhere.png'")]
    [InlineData("ridge", "Path,x\n{0},1\n{0},2\n", "line 3", "is there twice")]
    [InlineData("ridge", "Path,x\n{0},1\n{1},2\n", "--folds is 5", "number of images, 2")]
    [InlineData("logistic", "Path,c\n{0},a\n{1},a\n{2},a\n", "all 3 images have the class")]
    [InlineData("logistic", "Path,c,d\n{0},a,b\n{1},b,b\n{2},a,a\n", "name one with --column")]
    [InlineData("logistic", "Path,c\n{0},a\n{1},b\n{2},a\n{3},a\n{4},a\n", "the class \"b\" has one image")]
    public async Task Data_that_cannot_be_fitted_are_refused(string kind, string data, params string[] says)
    {
        using TemporaryFolder folder = new();
        object[] images = [.. Enumerable.Range(0, 5).Select(Image)];
        await File.WriteAllTextAsync(folder["data.csv"], string.Format(CultureInfo.InvariantCulture, data, images), TestContext.Current.CancellationToken);
        (await Fit(folder, "data.csv", kind)).Refused(says);
        Assert.False(File.Exists(folder["head.safetensors"]));
    }

    private static string Image(int number) => Path.Combine(Phantoms, "images", $"cxr_{number:D4}.png");

    private static Task<CliRun> Fit(TemporaryFolder folder, string data, string kind, params string[] more) =>
        Cli.RunAsync(["heads", "fit", "--model", "phantom-medclip", "--data", folder[data], "--kind", kind, "--out", folder["head.safetensors"], .. more]);

    private static Task<CliRun> Explain(string folder, params string[] args) =>
        Cli.RunAsync(["explain", "--model", "phantom-medclip", "--image", Image(2), "--out", folder, .. args]);

    private static async Task WriteData(string path, Func<int, Dictionary<string, double>, string> value, string column, int rows)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Phantoms, "labels.csv"), TestContext.Current.CancellationToken);
        string[] header = lines[0].Split(',');
        StringBuilder csv = new($"image,{column}\n");
        for (int i = 0; i < rows; i++)
        {
            string[] fields = lines[i + 1].Split(',');
            Dictionary<string, double> labels = header.Skip(1).Zip(fields.Skip(1)).ToDictionary(p => p.First, p => double.Parse(p.Second, CultureInfo.InvariantCulture), StringComparer.Ordinal);
            csv.Append(CultureInfo.InvariantCulture, $"{Path.Combine(Phantoms, fields[0])},{value(i, labels)}\n");
        }

        await File.WriteAllTextAsync(path, csv.ToString(), TestContext.Current.CancellationToken);
    }
}
