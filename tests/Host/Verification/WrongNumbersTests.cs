using System.Text.Json;

namespace Pellucid.Host.Tests.Verification;

/// <summary>References that are not our numbers are failures, whatever way they differ.</summary>
public sealed class WrongNumbersTests
{
    private const string Map = "gradeclip.image.p00.n1", UndefinedText = "gradeclip.text.p00.n3";

    [Theory]
    [InlineData(2e-3f, 1)]
    [InlineData(1e-5f, 0)]
    public async Task A_changed_element_fails_beyond_the_tolerance_only(float relative, int exitCode)
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(Map);
        copy.EditTensor(Map, t => t.Floats[t.Floats.IndexOf(Largest(t.Floats))] *= 1 + relative);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal((1 - exitCode, exitCode, 0, 0), run.Totals);
        Assert.Equal(exitCode == 1, run.Output.Contains($"FAILED {Map}: out of tolerance (error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_the_reference_does_not_have_fails()
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(Map);
        copy.EditTensor(Map, t => t.Floats[3] = float.NaN);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ours does not report the element as undefined", run.Output, StringComparison.Ordinal);
        Assert.Contains("[0, 3]", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 0)]
    [InlineData(0f, 1)]
    [InlineData(0.5f, 1)]
    public async Task What_we_call_undefined_passes_only_where_the_reference_has_no_number(float reference, int exitCode)
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(UndefinedText);
        copy.EditTensor(UndefinedText, t => t.Floats.Fill(reference));
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal((1 - exitCode, exitCode, 0, 0), run.Totals);
    }

    [Fact]
    public async Task A_method_that_cannot_run_fails_and_the_others_are_compared()
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(Map, "scores.cosine");
        copy.EditCase(Map, c => c["params"]!["layers"] = 99);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal((1, 1, 0, 0), run.Totals);
        Assert.Contains("layers=99", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_id_fails_its_text()
    {
        using var copy = new SuiteCopy("tokenizers");
        string table = copy.File("bert-cased.json");
        string text = await File.ReadAllTextAsync(table);
        int ids = text.IndexOf("\"ids\": [", text.IndexOf("\"cases\"", StringComparison.Ordinal), StringComparison.Ordinal);
        int first = text.IndexOfAny([.. "0123456789"], ids), end = text.IndexOf(',', first);
        await File.WriteAllTextAsync(table, text[..first] + "12" + text[end..]);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder, "--json");
        Assert.Equal(1, run.ExitCode);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement failed = Assert.Single(json.RootElement.GetProperty("suites")[0].GetProperty("cases").EnumerateArray(), c => c.GetProperty("outcome").GetString() == "failed");
        Assert.Equal("bert-cased[0]", failed.GetProperty("id").GetString());
        Assert.Contains("ids differ at 0: reference 12, ours 11", failed.GetProperty("where").GetString(), StringComparison.Ordinal);
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float v in values) largest = Math.Max(largest, v);
        return largest;
    }
}
