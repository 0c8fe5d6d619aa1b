using System.Text.RegularExpressions;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>Code in pages is code that compiles: each block marked <c>from: file</c> stands in that file word for word.</summary>
public partial class CodeInPagesTests
{
    [Fact]
    public void Every_marked_block_stands_in_its_file()
    {
        List<string> wrong = [];
        int blocks = 0;
        foreach (string page in DocumentationPages.All)
        {
            foreach (Match block in MarkedBlock().Matches(DocumentationPages.Read(page)))
            {
                blocks++;
                string file = block.Groups["file"].Value;
                if (!DocumentationPages.Read(file).Contains(block.Groups["code"].Value, StringComparison.Ordinal)) wrong.Add($"{page}: a block is not in {file}");
            }
        }

        Assert.True(blocks >= 6, $"only {blocks} marked blocks were found");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("HelloExplainer.cs")]
    [InlineData("plugin.json")]
    [InlineData("Pellucid.Samples.HelloExplainer.csproj")]
    public void The_page_on_explainers_shows_the_whole_sample(string file)
    {
        string path = "samples/HelloExplainer/" + file;
        Match block = MarkedBlock().Matches(DocumentationPages.Read("docs/how-to/write-an-explainer.md")).Single(m => m.Groups["file"].Value == path);
        Assert.Equal(DocumentationPages.Read(path), block.Groups["code"].Value);
    }

    [GeneratedRegex("""<!-- from: (?<file>[^ ]+) -->\n```[a-z]+\n(?<code>.*?)^```$""", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex MarkedBlock();
}
