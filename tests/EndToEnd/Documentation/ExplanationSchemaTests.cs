using System.Text.Json;
using System.Text.Json.Nodes;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>explanation.json keeps to its published schema, and the schema notices when it does not.</summary>
public class ExplanationSchemaTests
{
    [Fact]
    public async Task A_real_explanation_fits_the_schema()
    {
        JsonElement explanation = await ExplainAsync("grad-eclip(layers=2)", "saliency(abs=false)");
        Assert.Empty(Schema().Faults(explanation));
    }

    [Fact]
    public async Task The_schema_notices_what_is_missing_extra_or_wrong()
    {
        JsonNode broken = JsonNode.Parse((await ExplainAsync("grad-eclip")).GetRawText())!;
        broken["model"]!.AsObject().Remove("sha256");
        broken["explanations"]![0]!["colour"] = "red";
        broken["explanations"]![0]!["map"]!["upsampling"] = "bicubic";
        broken["provenance"]!["threads"] = 0;
        broken["texts"]![0]!["truncated"] = "no";
        Assert.Equal(
            [
                "$.model lacks sha256",
                "$.texts[0].truncated is String, not boolean",
                "$.explanations[0] has colour, which the schema does not know",
                "$.explanations[0].map.upsampling is bicubic, none of [\"bilinear\", \"nearest\"]",
                "$.provenance.threads is 0, below 1",
            ],
            Schema().Faults(JsonSerializer.SerializeToElement(broken)));
    }

    private static JsonSchemaSubset Schema()
    {
        string path = Path.Combine(RepositoryPaths.Root, "docs", "reference", "explanation.schema.json");
        return new JsonSchemaSubset(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement);
    }

    private static async Task<JsonElement> ExplainAsync(params string[] explainers)
    {
        using TemporaryFolder folder = new();
        string[] chosen = [.. explainers.SelectMany(e => new[] { "--explainer", e })];
        string[] args = ["explain", "--image", Cli.Scene(71), "--text", "a red ring", "--text", "a red cylinder", "--out", folder["out"], .. chosen];
        (await Cli.RunAsync(args)).Succeeded();
        return JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder["out"], "explanation.json"))).RootElement;
    }
}
