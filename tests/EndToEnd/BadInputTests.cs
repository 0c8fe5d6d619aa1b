namespace Pellucid.EndToEnd.Tests;

public class BadInputTests
{
    public static TheoryData<string[], string[]> Cases => new()
    {
        { ["--image", "nowhere.png"], ["nowhere.png"] },
        { ["--image", Path.Combine(TestSupport.RepositoryPaths.Root, "README.md")], ["is no image"] },
        { ["--image", Cli.Scene(71), "--text", "  "], ["is empty"] },
        { ["--image", Cli.Scene(71), "--model", "shapes-clop"], ["there is no model", "nearest: shapes-clip"] },
        { ["--image", Cli.Scene(71), "--explainer", "grad-eclap"], ["no explainer 'grad-eclap'", "nearest: grad-eclip"] },
        { ["--image", Cli.Scene(71), "--explainer", "grad-eclip(layer=1)"], ["no option 'layer'", "nearest: layers"] },
        { ["--image", Cli.Scene(71), "--explainer", "grad-eclip(layers=99)"], ["layers=99", "4 blocks"] },
        { ["--image", Cli.Scene(71), "--explainer", "grad-cam(layer=vision.blocks.3.ln_2)"], ["no layer 'vision.blocks.3.ln_2'", "nearest: vision.blocks.3.ln_1"] },
        { ["--image", Cli.Scene(71), "--explainer", "layer-cam(layer=vision.blocks.3.attn.out_proj.weight)"], ["is a weight"] },
        { ["--image", Cli.Scene(71), "--explainer", "layer-grad-cam(layer=vision.blocks.3.attn.probabilities)"], ["does not lie over the image", "tokens [1,65,D]"] },
        { ["--image", Cli.Scene(71), "--explainer", "occlusion(window=65)"], ["the window has 65 rows", "has 64"] },
        { ["--image", Cli.Scene(71), "--explainer", "occlusion(window=8, stride=9)"], ["8 rows", "moved by 9"] },
        { ["--image", Cli.Scene(71), "--explainer", "feature-ablation(patch=100)"], ["100 x 100", "64 x 64"] },
        { ["--image", Cli.Scene(71), "--explainer", "shapley-values(patch=8)"], ["64 regions", "shapley-sampling"] },
        { ["--image", Cli.Scene(71), "--explainer", "lime(patch=8, samples=10)"], ["10 samples do not determine", "64 regions"] },
        { ["--image", Cli.Scene(71), "--explainer", "guided-grad-cam"], ["ReLU", "has none"] },
        { ["--image", Cli.Scene(71), "--explainer", "saliency(abs=maybe)"], ["abs", "true"] },
        { ["--image", Cli.Scene(71), "--max-pixels", "100"], ["4096 pixels", "--max-pixels"] },
        { ["--image", Cli.Scene(71), "--max-pixels", "4096", "--explainer", $"integrated-gradients(baseline=image, baseline-image=\"{Large}\")"], ["pixels; the limit MaxPixels is 4096", "--max-pixels"] },
        { ["--image", Cli.Scene(71), "--max-pixels", "4096", "--explainer", $"expected-gradients(background=[\"{Large}\"])"], ["pixels; the limit MaxPixels is 4096", "--max-pixels"] },
        { ["--image", Cli.Scene(71), "--max-side", "100", "--explainer", $"feature-ablation(mask=\"{Large}\")"], ["the limit MaxWidth is 100", "--max-side"] },
        { ["--image", ""], ["image"] },
        { ["--image", Cli.Scene(71), "--model", ""], ["model"] },
        { ["--image", Cli.Scene(71), "--opacity", "7"], ["--opacity"] },
        { ["--image", Cli.Scene(71), "--tokenizer", "nowhere"], ["tokenizer"] },
        { ["--image", Cli.Scene(71), "--tokenizer", Path.Combine(TestSupport.RepositoryPaths.Goldens, "tokenizers", "bert-cased")], ["is BERT's", "--tokenizer"] },
        { ["--image", Cli.Scene(71), "--device", "cuda"], ["cuda"] },
        {
            ["--image", Cli.Scene(71), "--model", Path.Combine(TestSupport.RepositoryPaths.Goldens, "tiny-clip"), "--tokenizer", Path.Combine(TestSupport.RepositoryPaths.Models, "shapes-clip")],
            ["772 token ids", "knows 512", "--tokenizer"]
        },
    };

    /// <summary>An image that is larger than the scenes.</summary>
    private static string Large => Path.Combine(TestSupport.RepositoryPaths.Datasets, "phantom-cxr", "images", "cxr_0002.png");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Is_refused_with_one_message_and_leaves_nothing(string[] args, string[] says)
    {
        using TemporaryFolder folder = new();
        string[] text = args.Contains("--text") ? [] : ["--text", "a red ring"];
        CliRun run = await Cli.RunAsync(["explain", "--out", folder["out"], .. text, .. args]);
        run.Refused(says);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_folder_with_other_things_is_not_overwritten()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["mine.txt"], "mine");
        CliRun run = await Cli.RunAsync("explain", "--image", Cli.Scene(71), "--text", "a red ring", "--out", folder.Path);
        run.Refused("holds other things");
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["mine.txt"]));
    }

    [Fact]
    public async Task An_earlier_result_is_replaced_unless_something_was_put_into_it()
    {
        using TemporaryFolder folder = new();
        string[] args = ["explain", "--image", Cli.Scene(71), "--text", "a red ring", "--out", folder["out"]];
        (await Cli.RunAsync(args)).Succeeded();
        (await Cli.RunAsync(args)).Succeeded();
        await File.WriteAllTextAsync(Path.Combine(folder["out"], "notes.txt"), "mine");
        (await Cli.RunAsync(args)).Refused("notes.txt");
        Assert.True(File.Exists(Path.Combine(folder["out"], "notes.txt")));
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_fit_is_listed_in_full()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(Path.Combine(TestSupport.RepositoryPaths.Models, "shapes-clip")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        string config = await File.ReadAllTextAsync(folder["config.json"]);
        await File.WriteAllTextAsync(folder["config.json"], config.Replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4", StringComparison.Ordinal));
        CliRun run = await Cli.RunAsync("models", "inspect", folder.Path);
        run.Refused("16 missing", "text_model.encoder.layers.3.layer_norm1.weight", "text_model.encoder.layers.3.mlp.fc2.bias");
    }

    [Theory]
    [InlineData("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 1000000", "num_hidden_layers is 1000000")]
    [InlineData("\"image_size\": 64", "\"image_size\": 1000000", "image_size is 1000000")]
    [InlineData("\"eos_token_id\":", "\"eos_token_id\": -1, \"was\":", "eos_token_id is -1")]
    [InlineData("\"eos_token_id\":", "\"eos_token_id\": 5, \"was\":", "they do not belong together")]
    [InlineData("{", "{{", "cannot be read as JSON")]
    public async Task A_configuration_that_lies_is_refused(string part, string lie, string says)
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(Path.Combine(TestSupport.RepositoryPaths.Models, "shapes-clip")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        string config = await File.ReadAllTextAsync(folder["config.json"]);
        Assert.Contains(part, config, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["config.json"], config.Replace(part, lie, StringComparison.Ordinal));
        (await Cli.RunAsync("models", "inspect", folder.Path)).Refused(says);
    }
}
