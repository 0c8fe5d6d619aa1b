using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.EndToEnd.Tests.Experiments;
using Pellucid.Host;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Models;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>Experiment files in pages can be run, and the schema knows the keys that the reader knows.</summary>
public sealed partial class ExperimentFilePageTests
{
    [Theory]
    [InlineData("docs/reference/experiment-file.md")]
    [InlineData("docs/how-to/run-an-experiment.md")]
    public async Task Experiments_in_a_page_can_be_run(string page)
    {
        using ExperimentFolder folder = new(string.Empty);
        using HostServices services = folder.Services();
        ExperimentRunner runner = new(services, new ModelLocator(services, _ => null), TimeProvider.System);
        MatchCollection blocks = Block().Matches(DocumentationPages.Read(page));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks)
            Assert.True((await runner.LookAsync(ExperimentFile.Parse(block.Groups["yaml"].Value, page, folder.Path), new ExperimentRunOptions { Out = folder.Out() }, TestContext.Current.CancellationToken)).Tally.Units > 0);
    }

    [Fact]
    public async Task The_schema_is_printed_and_published()
    {
        CliRun run = (await Cli.RunAsync("run", "--schema")).Succeeded();
        Assert.Equal(DocumentationPages.Read("docs/reference/experiment.schema.json"), run.Output);
    }

    [Theory]
    [InlineData("", "zzz: 1")]
    [InlineData("dataset", "dataset: { path: a, zzz: 1 }")]
    [InlineData("report", "report: { zzz: 1 }")]
    [InlineData("labels", "texts: { from: labels, zzz: 1 }")]
    [InlineData("captions", "texts: { from: captions, zzz: 1 }")]
    [InlineData("regions", "texts: { from: regions, zzz: 1 }")]
    [InlineData("prompts", "texts: { from: prompts, file: a, zzz: 1 }")]
    [InlineData("matching", "targets: { kind: matching, zzz: 1 }")]
    [InlineData("contrast", "targets: { kind: contrast, against: a, zzz: 1 }")]
    [InlineData("class", "targets: { kind: class, zzz: 1 }")]
    [InlineData("embedding-dimension", "targets: { kind: embedding-dimension, dimensions: [0], zzz: 1 }")]
    [InlineData("tap", "targets: { kind: tap, taps: \"a[0]\", zzz: 1 }")]
    [InlineData("head", "targets: { kind: head, heads: a, zzz: 1 }")]
    public void The_schema_has_the_keys_of_the_reader(string part, string yaml)
    {
        ExperimentException refused = Assert.Throws<ExperimentException>(() => ExperimentFile.Parse(yaml, "x.yaml", ".").Experiment);
        string known = refused.Problems.Single(p => p.Problem.StartsWith("there is no key 'zzz'", StringComparison.Ordinal)).Problem;
        string[] reader = known[(known.IndexOf("known: ", StringComparison.Ordinal) + 7)..].Split(';')[0].Split(", ");
        using JsonDocument schema = JsonDocument.Parse(DocumentationPages.Read("docs/reference/experiment.schema.json"));
        Assert.Equal(reader.Order(StringComparer.Ordinal), Find(schema.RootElement, part).EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    private static JsonElement Find(JsonElement schema, string part)
    {
        JsonElement properties = schema.GetProperty("properties");
        if (part.Length == 0) return properties;
        if (part is "dataset" or "report") return properties.GetProperty(part).GetProperty("anyOf")[1].GetProperty("properties");
        JsonElement definitions = schema.GetProperty("$defs");
        return definitions.GetProperty("textSource").GetProperty("anyOf").EnumerateArray().Concat(definitions.GetProperty("target").GetProperty("anyOf").EnumerateArray())
            .Where(s => s.TryGetProperty("properties", out _)).Select(s => s.GetProperty("properties"))
            .Single(p => (p.TryGetProperty("kind", out JsonElement kind) || p.TryGetProperty("from", out kind)) && kind.GetProperty("const").GetString() == part);
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Block();
}
