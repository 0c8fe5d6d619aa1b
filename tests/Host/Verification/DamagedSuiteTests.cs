namespace Pellucid.Host.Tests.Verification;

/// <summary>A suite that cannot be read gives one clear message and exit code 2, and no report; among others it fails, and they are run.</summary>
public sealed class DamagedSuiteTests
{
    [Fact]
    public async Task A_folder_without_a_suite_says_what_was_looked_for()
    {
        string empty = Directory.CreateTempSubdirectory("pellucid-empty-").FullName;
        try
        {
            VerifyRun run = await VerifyCommandLine.RunAsync(empty);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("manifest.json", run.Error, StringComparison.Ordinal);
            Assert.Contains("clip-explainers", run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Output);
        }
        finally
        {
            Directory.Delete(empty);
        }
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        VerifyRun run = await VerifyCommandLine.RunAsync(Path.Combine(VerifyCommandLine.Golden("captum"), "no-such-folder"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no-such-folder", run.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Damages => new()
    {
        { "clip-explainers", "manifest.json", "{\"suite\": \"clip-explainers\", " },
        { "clip-explainers", "manifest.json", "{\"suite\": \"clip-explainers\", \"model\": \"../tiny-clip\"}" },
        { "clip-explainers", "manifest.json", "{\"suite\": \"clip-explainers\", \"model\": \"../tiny-clip\", \"cases\": [3]}" },
        { "clip-explainers", "manifest.json", "{\"suite\": \"clip-explainers\", \"cases\": []}" },
        { "clip-explainers", "outputs.safetensors", "not tensors" },
        { "captum", "extra.safetensors", "" },
        { "captum", "tiny-cnn/model.onnx", "not a graph" },
        { "tiny-clip", "inputs.safetensors", "" },
        { "tiny-clip", "openai.safetensors", "short" },
        { "tokenizers", "bert-cased.json", "{}" },
        { "preprocess", "preprocess.safetensors", "" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_file_is_named(string suite, string file, string content)
    {
        using var copy = new SuiteCopy(suite);
        await File.WriteAllTextAsync(copy.File(file), content);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.True(run.ExitCode == 2, $"exit code {run.ExitCode}\n{run.Output}{run.Error}");
        Assert.Contains(Path.GetFileName(file), run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("manifest.json", "{\"suite\": ")]
    [InlineData("manifest.json", "{\"suite\": \"clip-explainers\", \"cases\": []}")]
    [InlineData("outputs.safetensors", "not tensors")]
    public async Task Of_several_suites_a_broken_one_fails_and_the_others_are_run(string file, string content)
    {
        using var copy = new SuiteCopy("clip-explainers");
        await File.WriteAllTextAsync(copy.File(file), content);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Root);
        Assert.True(run.ExitCode == 1, $"exit code {run.ExitCode}\n{run.Output}{run.Error}");
        Assert.Contains("FAILED (files): ", run.Output, StringComparison.Ordinal);
        Assert.Contains(file, run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Totals.Failed);
        Assert.True(run.Totals.Passed > 0);
    }

    [Theory]
    [InlineData("clip-explainers", "outputs.safetensors")]
    [InlineData("tiny-clip", "inputs.safetensors")]
    [InlineData("captum", "extra.safetensors")]
    public async Task A_missing_file_is_named(string suite, string file)
    {
        using var copy = new SuiteCopy(suite);
        File.Delete(copy.File(file));
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_model_is_named_with_where_it_was_looked_for()
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Edit(m => m["model"] = "../huge-clip");
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("huge-clip", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_tensor_is_named()
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep("scores.cosine");
        copy.EditCase("scores.cosine", c => c["output"] = "scores.sine");
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("scores.sine", run.Error, StringComparison.Ordinal);
    }
}
