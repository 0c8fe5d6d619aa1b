using System.Text.RegularExpressions;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>The page on the command line lists the options that the program has, no fewer and no more.</summary>
public partial class CommandLinePageTests
{
    private const string Page = "docs/reference/command-line.md";

    [Theory]
    [InlineData("demo", "## demo")]
    [InlineData("explain", "## explain")]
    [InlineData("run", "## run")]
    [InlineData("evaluate", "## evaluate")]
    [InlineData("classify", "## classify")]
    [InlineData("reproduce envisioning-medclip", "## reproduce envisioning-medclip")]
    [InlineData("heads fit", "## heads fit")]
    [InlineData("reproduce grad-eclip", "## reproduce grad-eclip")]
    [InlineData("verify", "## verify")]
    [InlineData("models list", "## models list")]
    [InlineData("models inspect", "## models inspect")]
    [InlineData("metrics list", "## metrics list")]
    [InlineData("plugins list", "## plugins list")]
    [InlineData("plugins inspect", "## plugins inspect")]
    [InlineData("plugins trust", "## plugins trust")]
    [InlineData("plugins untrust", "## plugins trust")]
    [InlineData("plugins enable", "## plugins enable")]
    [InlineData("plugins disable", "## plugins enable")]
    public async Task Options_of_a_command_are_those_of_the_page(string command, string heading)
    {
        CliRun help = (await Cli.RunAsync([.. command.Split(' '), "--help"])).Succeeded();
        string[] has = Options(help.Output);
        string[] shared = Options(Section("## Options of all commands"));
        string[] own = Options(string.Join('\n', Section(heading).Split('\n').Where(l => l.StartsWith("| `--", StringComparison.Ordinal)).Select(l => l.Split('|')[1])));
        Assert.Empty(own.Except(has));
        Assert.Empty(has.Except(own).Except(shared).Except(Options(Section(heading))));
    }

    [Fact]
    public async Task Every_command_has_a_section()
    {
        CliRun help = (await Cli.RunAsync("--help")).Succeeded();
        string[] commands = [.. CommandName().Matches(help.Output[help.Output.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(m => m.Groups["name"].Value)];
        Assert.True(commands.Length >= 5, help.Output);
        foreach (string command in commands) Assert.Contains("\n## " + command, DocumentationPages.Read(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_on_explainers_has_every_option_with_its_default()
    {
        string page = DocumentationPages.Read("docs/reference/explainers.md");
        foreach (string plugin in new[] { "grad-eclip", "captum-style", "transformers" })
        {
            CliRun inspect = (await Cli.RunAsync("plugins", "inspect", plugin)).Succeeded();
            foreach (Match explainer in ExplainerName().Matches(inspect.Output)) Assert.Contains("\n## " + explainer.Groups["id"].Value + "\n", page, StringComparison.Ordinal);
            foreach (Match option in OptionLine().Matches(inspect.Output))
                Assert.Matches($@"\| `{option.Groups["name"].Value}` \| `?{Regex.Escape(option.Groups["default"].Value)}`? \|", page);
        }
    }

    [Fact]
    public async Task The_page_on_metrics_has_every_option_with_its_default()
    {
        string page = DocumentationPages.Read("docs/reference/metrics.md");
        CliRun inspect = (await Cli.RunAsync("plugins", "inspect", "metrics")).Succeeded();
        MatchCollection metrics = MetricName().Matches(inspect.Output);
        Assert.NotEmpty(metrics);
        foreach (Match metric in metrics)
        {
            string id = metric.Groups["id"].Value;
            Assert.Contains($"\n## {id}\n", page, StringComparison.Ordinal);
            Assert.Contains($"\n| [{id}](#{id}) |", page, StringComparison.Ordinal);
            string section = page[(page.IndexOf($"\n## {id}\n", StringComparison.Ordinal) + 1)..];
            if (section.IndexOf("\n## ", StringComparison.Ordinal) is var end and > 0) section = section[..end];
            foreach (Match option in OptionLine().Matches(OfMetric(inspect.Output, metric)))
                Assert.Matches($@"\| `{option.Groups["name"].Value}` \| `?{Regex.Escape(option.Groups["default"].Value)}`? \|", section);
        }
    }

    private static string OfMetric(string output, Match metric)
    {
        string rest = output[(metric.Index + metric.Length)..];
        int end = rest.IndexOf("\nmetric ", StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }

    private static string Section(string heading)
    {
        string page = DocumentationPages.Read(Page);
        int start = page.IndexOf("\n" + heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Page} has no section {heading}");
        int end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    private static string[] Options(string text) => [.. OptionName().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("--[a-z][a-z-]+", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex OptionName();

    [GeneratedRegex("^  (?<name>[a-z]+) ", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex CommandName();

    [GeneratedRegex("^explainer (?<id>[a-z-]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex ExplainerName();

    [GeneratedRegex("^metric (?<id>[a-z0-9-]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex MetricName();

    [GeneratedRegex("^  (?<name>[a-z-]+)=(?<default>[^ ]+)  \\(", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex OptionLine();
}
