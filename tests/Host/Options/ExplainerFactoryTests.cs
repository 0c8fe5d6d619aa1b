using System.Text.Json;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Options;
using Pellucid.Host.Output;
using Pellucid.Host.Tests.Plugins;

namespace Pellucid.Host.Tests.Options;

/// <summary>From what users write to explainers with checked options, and back to one canonical text.</summary>
public sealed class ExplainerFactoryTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();
    private readonly HostServices _services;

    public ExplainerFactoryTests()
    {
        _sandbox.Install("Healthy");
        _services = _sandbox.Services();
    }

    private ExplainerFactory Factory => _services.Explainers;

    public void Dispose()
    {
        _services.Dispose();
        _sandbox.Dispose();
    }

    [Fact]
    public void BindsEveryType()
    {
        string made = Factory.Create(
            "rich(layer-count=2, ABS=False, fraction=1, single=1e-3, long=-9223372036854775808, seed=18446744073709551615, limit=5, " +
            "label='a b', note=none, direction=upAndDown, maybe=right, window=[1,2], names=[x, \"y z\"], weights=[0.5,2], ways=[left], " +
            "inner=rich(layerCount=1), others=[plain, plain()])").ToString()!;
        Assert.StartsWith(
            "2; False; 1; 0.001; -9223372036854775808; 18446744073709551615; 5; a b; none; UpAndDown; Right; 1x2; x|y z; 0.5|2; Left; <1; True;", made, StringComparison.Ordinal);
        Assert.EndsWith(">; plain, from the dependency|plain, from the dependency", made, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rich", "rich")]
    [InlineData("rich( )", "rich")]
    [InlineData("rich(abs=true, layer_count=3, window=[8,8], direction=LEFT)", "rich")]
    [InlineData("rich(window=[], layerCount=2)", "rich(layer-count=2, window=[])")]
    [InlineData("rich(layer-count=002)", "rich(layer-count=2)")]
    [InlineData("rich(fraction=0.50)", "rich")]
    [InlineData("rich(fraction=1e-1)", "rich(fraction=0.1)")]
    [InlineData("rich(single=0.10)", "rich")]
    [InlineData("rich(label='plain text')", "rich")]
    [InlineData("rich(label='none')", "rich(label=\"none\")")]
    [InlineData("rich(label='x y', direction=up-and-down)", "rich(direction=up-and-down, label=\"x y\")")]
    [InlineData("rich(inner=rich(abs=true))", "rich(inner=rich)")]
    [InlineData("rich(others=[plain(), rich(limit=9)])", "rich(others=[plain, rich(limit=9)])")]
    [InlineData("rich(limit=none)", "rich")]
    public void HasOneTextForOneConfiguration(string spec, string canonical)
    {
        ExplainerConfiguration configuration = Factory.Parse(spec);
        Assert.Equal(canonical, configuration.Text);
        Assert.Equal(canonical, Factory.Parse(configuration.Text).Text);
        Assert.Equal(Factory.Create(spec).ToString(), Factory.Create(canonical).ToString());
    }

    [Theory]
    [InlineData("ritch", 0, "there is no explainer 'ritch'; nearest: rich")]
    [InlineData("rich(layers=1)", 5, "rich has no option 'layers'; known: layer-count, abs")]
    [InlineData("plain(x=1)", 6, "plain has no options")]
    [InlineData("rich(abs=1)", 9, "abs needs true or false")]
    [InlineData("rich(layer-count=two)", 17, "layer-count needs a whole number")]
    [InlineData("rich(layer-count=1.5)", 17, "layer-count needs a whole number")]
    [InlineData("rich(layer-count=0)", 17, "layer-count cannot be 0: from 1 to 12 is allowed")]
    [InlineData("rich(layer-count=99999999999)", 17, "layer-count cannot be 99999999999: from 1 to 12")]
    [InlineData("rich(seed=-1)", 10, "seed cannot be -1")]
    [InlineData("rich(fraction=NaN)", 14, "fraction needs a finite number")]
    [InlineData("rich(fraction=half)", 14, "fraction needs a number")]
    [InlineData("rich(fraction=1e999)", 14, "fraction needs a finite number")]
    [InlineData("rich(single=1e39)", 12, "single needs a finite number")]
    [InlineData("rich(fraction=1.01)", 14, "fraction cannot be 1.01: from 0 to 1 is allowed")]
    [InlineData("rich(direction=lift)", 15, "direction cannot be 'lift'; known: up-and-down, left, right; nearest: left")]
    [InlineData("rich(window=8)", 12, "window needs a list of whole number in brackets")]
    [InlineData("rich(window=[8,0])", 12, "window cannot be 0: from 1 to 64 is allowed")]
    [InlineData("rich(window=[1,2,3,4])", 12, "The field window must be a string or array type with a maximum length of '3'")]
    [InlineData("rich(abs=true, Abs=false)", 15, "abs is given twice")]
    [InlineData("rich(inner=rich(inner=plan))", 22, "there is no explainer 'plan'; nearest: plain")]
    [InlineData("rich(inner=5)", 11, "there is no explainer '5'")]
    [InlineData("rich(inner=[plain])", 11, "inner needs an explainer or none")]
    [InlineData("rich(limit=2)", 0, "rich: limit must not be below layer-count")]
    [InlineData("rich(others=[plain, rich(limit=2)])", 20, "rich: limit must not be below layer-count")]
    [InlineData("rich(read-only=2)", 5, "rich has no option 'read-only'")]
    public void SaysWhatIsWrongAndWhere(string spec, int position, string problem)
    {
        SpecException fault = Assert.Throws<SpecException>(() => Factory.Parse(spec));
        Assert.StartsWith(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void UnknownExplainerTellsOfPluginsThatAreNotActive()
    {
        using PluginSandbox sandbox = new();
        sandbox.Install("ThrowingRegister");
        using HostServices services = sandbox.Services();
        PellucidException fault = Assert.Throws<SpecException>(() => services.Explainers.Create("wanted"));
        Assert.Contains("there is no explainer 'wanted' (plugin 'throwing-register' is Malfunctioned: its Register method failed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExplainerThatCannotBeMade()
    {
        PellucidException fault = Assert.Throws<PellucidException>(() => Factory.Create("refusing"));
        Assert.Equal("the explainer 'refusing' of plugin 'healthy' cannot be made: InvalidOperationException: not today", fault.Message);
    }

    [Fact]
    public void SchemaTellsTypesDefaultsAndRanges()
    {
        ExplainerRegistration rich = Factory.Explainers.Single(e => e.Id == "rich");
        OptionSchema schema = OptionSchema.Of(rich.OptionsType);
        Assert.Equal(
            ["layer-count", "abs", "fraction", "single", "long", "seed", "limit", "label", "note", "direction", "maybe", "window", "names", "weights", "ways", "inner", "others"],
            schema.Options.Select(o => o.Name));
        Assert.Equal(
            ["3", "true", "0.5", "0.1", "-1", "0", "none", "\"plain text\"", "none", "left", "none", "[8, 8]", "[]", "[]", "[]", "none", "[]"],
            schema.Options.Select(o => o.Default));
        using JsonDocument json = JsonDocument.Parse(JsonText.ToBytes(schema.WriteJsonSchema));
        JsonElement layers = json.RootElement.GetProperty("properties").GetProperty("layer-count");
        Assert.Equal("""{"description":"how many layers","type":"integer","minimum":1,"maximum":12,"default":3}""", JsonSerializer.Serialize(layers));
        JsonElement direction = json.RootElement.GetProperty("properties").GetProperty("direction");
        Assert.Equal("""{"type":"string","enum":["up-and-down","left","right"],"default":"left"}""", JsonSerializer.Serialize(direction));
    }

    [Theory]
    [InlineData("LayerCount", "layer-count")]
    [InlineData("XAxis", "x-axis")]
    [InlineData("KeepRGB", "keep-rgb")]
    [InlineData("RGBMode", "rgb-mode")]
    [InlineData("L2", "l2")]
    [InlineData("abs", "abs")]
    public void NamesAreWrittenWithDashes(string name, string kebab) => Assert.Equal(kebab, OptionNames.ToKebab(name));
}
