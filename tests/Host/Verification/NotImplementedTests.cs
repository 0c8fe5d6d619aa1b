using System.Text.Json.Nodes;

namespace Pellucid.Host.Tests.Verification;

/// <summary>What this version does not have is counted as such: neither passed nor failed, and never a crash.</summary>
public sealed class NotImplementedTests
{
    private const string Map = "gradeclip.image.p00.n1";

    [Fact]
    public async Task Unknown_methods_parameters_values_and_forms_are_not_implemented()
    {
        (string What, Action<JsonObject> Change)[] changes =
        [
            ("method", c => c["method"] = "grad_eclip_audio"),
            ("parameter", c => c["params"]!["temperature"] = 2),
            ("value", c => c["params"]!["weight"] = "tanh"),
            ("kind of value", c => c["params"]!["layers"] = "all"),
            ("number of heads", c => c["params"]!["heads"] = 7),
            ("no text", c => c["text_index"] = null),
            ("no image", c => c["image_index"] = null),
            ("form", c => c["id"] = Map + ".final_chefer"),
        ];
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(Map);
        copy.Edit(m =>
        {
            JsonArray cases = m["cases"]!.AsArray();
            JsonNode original = cases[0]!.DeepClone();
            cases.Clear();
            foreach ((_, Action<JsonObject> change) in changes)
            {
                var changed = (JsonObject)original.DeepClone();
                change(changed);
                cases.Add(changed);
            }
        });
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((0, 0, changes.Length, 0), run.Totals);
    }

    [Theory]
    [InlineData("error", "ValueError")]
    [InlineData("unstable", "the sign is arbitrary")]
    [InlineData("degenerate", "all zeros")]
    [InlineData("tie_dependent", "an unstable sort decides")]
    public async Task Cases_that_the_manifest_marks_are_not_applicable(string marker, string text)
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(Map, Map + ".signed");
        copy.EditCase(Map, c => c[marker] = text);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((1, 0, 0, 1), run.Totals);
    }

    [Theory]
    [InlineData("quantus")]
    [InlineData("something-new")]
    public async Task Suites_without_an_implementation_count_their_cases(string kind)
    {
        using var copy = new SuiteCopy("clip-explainers");
        copy.Keep(Map, "scores.cosine");
        copy.Edit(m => m["suite"] = kind);
        VerifyRun run = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((0, 0, 2, 0), run.Totals);
    }

    [Fact]
    public async Task A_target_that_is_not_known_is_not_implemented()
    {
        using var copy = new SuiteCopy("captum");
        const string Id = "tiny-clip.saliency.abs.cos_i0t1";
        copy.Keep(Id);
        copy.EditCase(Id, c => c["target"] = "the angle between image 0 and text 1");
        Assert.Equal((0, 0, 1, 0), (await VerifyCommandLine.RunAsync(copy.Folder)).Totals);
    }

    [Fact]
    public async Task A_model_that_no_adapter_loads_is_not_implemented_and_one_that_does_is_computed()
    {
        using var copy = new SuiteCopy("tiny-clip");
        copy.Edit(m =>
        {
            m["suite"] = "model";
            m["definitions"] = new JsonObject { ["logits_per_image"] = "exp(logit_scale) * cosine", ["image_embeds"] = "un-normalized", ["vision.pool"] = "no such thing", ["text.blockK"] = "a pattern" };
        });
        Assert.Equal((2, 0, 0, 0), (await VerifyCommandLine.RunAsync(copy.Folder)).Totals);
        await File.WriteAllTextAsync(copy.File("config.json"), "{\"model_type\":\"other\"}");
        VerifyRun refused = await VerifyCommandLine.RunAsync(copy.Folder);
        Assert.Equal((0, 0, 2, 0), refused.Totals);
        Assert.Contains("no installed model adapter loads it", refused.Output, StringComparison.Ordinal);
    }
}
