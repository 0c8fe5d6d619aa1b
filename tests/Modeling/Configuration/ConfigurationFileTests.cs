using System.Text;
using Pellucid.Graphs;
using Pellucid.Modeling.Configuration;

namespace Pellucid.Modeling.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    [Fact]
    public void Values_are_what_the_file_says()
    {
        using ConfigurationFile file = Parse("\uFEFF" + """{"a":"b","on":true,"n":7,"x":0.5,"list":[1,-1],"part":{"n":8},"none":null}""");
        ConfigurationPart root = file.Root;
        Assert.Equal("b", root.Text("a"));
        Assert.True(root.Flag("on"));
        Assert.Equal(7, root.Integer("n"));
        Assert.Equal(0.5, root.Number("x"));
        Assert.Equal([1, -1], root.Integers("list")!);
        Assert.Equal(8, root.Part("part").Size("n", 1, 8));
        Assert.Equal(0.5f, root.Epsilon("x", 0.1f));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("missing")]
    public void What_is_missing_or_null_has_its_default(string key)
    {
        using ConfigurationFile file = Parse("""{"none":null}""");
        ConfigurationPart root = file.Root;
        Assert.Null(root.Text(key));
        Assert.Null(root.Flag(key));
        Assert.Null(root.Integer(key));
        Assert.Null(root.Integers(key));
        Assert.Equal(3, root.Size(key, 3, 9));
        Assert.Equal(0.1f, root.Epsilon(key, 0.1f));
        Assert.False(root.Part(key).Exists);
        Assert.Equal(4, root.Part(key).Part(key).Size("n", 4, 9));
    }

    [Fact]
    public void Values_of_another_kind_are_refused_with_file_and_key()
    {
        using ConfigurationFile file = Parse("""{"t":"\uD800","i":1.5,"zero":0,"one":1,"list":[1,"2"]}""");
        ConfigurationPart root = file.Root;
        Refused("c.json: t is no text", () => root.Text("t"));
        Refused("c.json: one is no text", () => root.Text("one"));
        Refused("c.json: one is neither true nor false", () => root.Flag("one"));
        Refused("c.json: i is no whole number", () => root.Integer("i"));
        Refused("c.json: list is no whole number", () => root.Integers("list"));
        Refused("c.json: one is no object", () => root.Part("one"));
        Refused("c.json: zero is 0, which makes no model (1 to 9 is allowed)", () => root.Size("zero", 1, 9));
        Refused("c.json: one is 1, which makes no model", () => root.Epsilon("one", 0.1f));
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "cannot be read as JSON")]
    public void Other_files_are_refused(string json, string message) => Refused(message, () => Parse(json));

    private static ConfigurationFile Parse(string json) => ConfigurationFile.Parse(Encoding.UTF8.GetBytes(json), "c.json");

    private static void Refused(string message, Func<object?> read) => Assert.Contains(message, Assert.Throws<PellucidException>(read).Message, StringComparison.Ordinal);
}
