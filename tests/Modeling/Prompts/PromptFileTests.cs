using System.Text;
using Pellucid.Graphs;
using Pellucid.Modeling.Prompts;

namespace Pellucid.Modeling.Tests.Prompts;

/// <summary>Encodings of prompts files.</summary>
public sealed class PromptFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_file()
    {
        File.WriteAllText(_path, "{\"Edema\": [\"mild edema\"]}", Encoding.UTF8);
        Assert.Equal("Edema", Assert.Single(PromptFile.Read(_path)).Name);
    }

    [Theory]
    [InlineData("{\"a\": [\"caf\u00e9\"]}")]
    [InlineData("{\"caf\u00e9\": [\"a\"]}")]
    [InlineData("{\"a\": [\"\\ud800\"]}")]
    public void Texts_that_are_none_are_refused(string json)
    {
        File.WriteAllBytes(_path, Encoding.Latin1.GetBytes(json));
        Assert.Contains("no UTF-8", Assert.Throws<PellucidException>(() => PromptFile.Read(_path)).Message, StringComparison.Ordinal);
    }
}
