using System.Text.Json.Nodes;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Tests.Plugins;

/// <summary>No plugin takes the host down, and each says in one line why it is not there.</summary>
public sealed class HostilePluginTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("ThrowingConstructor", PluginState.Malfunctioned, "its constructor failed: InvalidOperationException: no license server")]
    [InlineData("ThrowingRegister", PluginState.Malfunctioned, "its Register method failed: NotSupportedException: wrong kind of day")]
    [InlineData("NoEntryType", PluginState.Malfunctioned, "no public class in its entry assembly implements IPlugin")]
    [InlineData("MissingDependency", PluginState.Malfunctioned, "it needs TestPlugins.Dependency 0.1.0.0, which is neither in its folder nor shared by the host")]
    [InlineData("ForeignDependency", PluginState.Malfunctioned, "it needs Spectre.Console 0.0.0.0, which is neither in its folder nor shared by the host")]
    [InlineData("OldContracts", PluginState.Malfunctioned, "its types cannot be loaded: TypeLoadException: ")]
    public void CodeThatFails(string plugin, PluginState state, string reason)
    {
        _sandbox.Install(plugin);
        ExpectOnly(state, reason);
    }

    [Fact]
    public void CodeAgainstOtherContractsIsToldToBeBuiltAgain()
    {
        _sandbox.Install("OldContracts");
        ExpectOnly(PluginState.Malfunctioned, "it was built against other contracts than this host has: build it again");
    }

    [Fact]
    public void AdapterThatCannotBeMade()
    {
        _sandbox.Install("ThrowingAdapter");
        using HostServices services = _sandbox.Services();
        Assert.Empty(services.ModelAdapters);
        PluginInfo plugin = Assert.Single(services.Plugins.Plugins);
        Assert.Equal(PluginState.Malfunctioned, plugin.State);
        Assert.Contains("a model adapter cannot be made: InvalidOperationException: adapter constructor", plugin.Reason, StringComparison.Ordinal);
        Assert.Contains("plugin 'throwing-adapter' is Malfunctioned", _sandbox.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WrongHash()
    {
        string folder = _sandbox.Install("Healthy");
        File.AppendAllText(Path.Combine(folder, "TestPlugins.Dependency.dll"), "x");
        ExpectOnly(PluginState.Malfunctioned, "'TestPlugins.Dependency.dll' has not the SHA-256 that plugin.json states");
    }

    [Fact]
    public void MissingFile()
    {
        string folder = _sandbox.Install("Healthy");
        File.Delete(Path.Combine(folder, "TestPlugins.Dependency.dll"));
        ExpectOnly(PluginState.Malfunctioned, "'TestPlugins.Dependency.dll' is missing");
    }

    [Fact]
    public void FileThatIsNotInTheManifest()
    {
        string folder = _sandbox.Install("Healthy");
        File.WriteAllText(Path.Combine(folder, "Extra.dll"), "MZ");
        ExpectOnly(PluginState.Malfunctioned, "'Extra.dll' lies in its folder but not in plugin.json");
    }

    [Fact]
    public void CopyOfTheContracts()
    {
        string folder = _sandbox.Install("Healthy");
        string copy = Path.Combine(folder, "Pellucid.Abstractions.dll");
        File.Copy(typeof(Pellucid.Abstractions.Plugins.IPlugin).Assembly.Location, copy);
        _sandbox.Edit(folder, m => m["files"]!["Pellucid.Abstractions.dll"] =
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(copy))));
        ExpectOnly(PluginState.Malfunctioned, "'Pellucid.Abstractions.dll' belongs to the host");
    }

    [Fact]
    public void SymbolicLink()
    {
        string folder = _sandbox.Install("Healthy");
        string file = Path.Combine(folder, "TestPlugins.Dependency.dll");
        string elsewhere = Path.Combine(_sandbox.HostFolder, "elsewhere.dll");
        File.Move(file, elsewhere);
        File.CreateSymbolicLink(file, elsewhere);
        ExpectOnly(PluginState.Malfunctioned, "'TestPlugins.Dependency.dll' is a symbolic link");
    }

    [Theory]
    [InlineData(">=2.0 <3.0")]
    [InlineData("<1.0")]
    [InlineData("=1.0.1")]
    public void WrongContractVersion(string range)
    {
        _sandbox.Edit(_sandbox.Install("Healthy"), m => m["contract"] = range);
        ExpectOnly(PluginState.Incompatible, $"it needs contracts {range}, this host has 1.0.0");
    }

    [Theory]
    [InlineData("../../host/evil.dll", "which leaves the plugin's folder")]
    [InlineData("a/../../evil.dll", "which leaves the plugin's folder")]
    [InlineData("/etc/passwd", "which is absolute")]
    [InlineData("C:/evil.dll", "which contains a character that is not allowed")]
    [InlineData("..\\evil.dll", "which contains a backslash")]
    [InlineData("a//b.dll", "which has an empty part")]
    [InlineData("a./b.dll", "which has a part that ends with a dot")]
    [InlineData("PLUGIN.JSON", "lists itself")]
    [InlineData("testplugins.healthy.dll", "twice")]
    public void PathThatIsNotAllowed(string path, string reason)
    {
        _sandbox.Edit(_sandbox.Install("Healthy"), m => m["files"]![path] = new string('0', 64));
        ExpectOnly(PluginState.Malfunctioned, reason);
    }

    [Theory]
    [InlineData("entry", "../evil.dll", "leaves the plugin's folder")]
    [InlineData("entry", "Other.dll", "does not list its entry assembly 'Other.dll'")]
    [InlineData("entry", "plugin.sh", "a .dll directly in the folder is needed")]
    [InlineData("id", "Has Space", "has id 'Has Space'")]
    [InlineData("id", "../up", "has id '../up'")]
    [InlineData("version", "1.2", "a semantic version such as 1.0.0 is needed")]
    [InlineData("contract", "newest", "a range such as '>=1.0 <2.0' is needed")]
    [InlineData("kind", "everything", "unknown kind 'everything'")]
    [InlineData("licence", "MIT", "unknown property 'licence'; nearest: license")]
    [InlineData("summary", "two\nlines", "control characters in 'summary'")]
    public void ManifestThatSaysWhatCannotBe(string property, string value, string reason)
    {
        _sandbox.Edit(_sandbox.Install("Healthy"), m => m[property] = value);
        ExpectOnly(PluginState.Malfunctioned, reason);
    }

    [Fact]
    public void ManifestWithoutHashes()
    {
        _sandbox.Edit(_sandbox.Install("Healthy"), m => m.Remove("files"));
        ExpectOnly(PluginState.Malfunctioned, "needs 'files'");
    }

    [Fact]
    public void CapabilityThatIsNotDeclared()
    {
        _sandbox.Edit(_sandbox.Install("Healthy"), m => m["capabilities"] = new JsonArray("explainer"));
        ExpectOnly(PluginState.Malfunctioned, "it registers a model-adapter, but its plugin.json does not list that");
    }

    [Theory]
    [InlineData("{ \"id\": ", "is not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("", "is not valid JSON")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}", "is not valid JSON")]
    [InlineData("{\"files\":{\"a\":{\"b\":{\"c\":{}}}}}", "is not valid JSON")]
    [InlineData("{\"id\":7}", "needs a text for 'id'")]
    public void CorruptManifest(string json, string reason)
    {
        File.WriteAllText(Path.Combine(_sandbox.Install("Healthy"), "plugin.json"), json);
        ExpectOnly(PluginState.Malfunctioned, reason);
    }

    [Fact]
    public void HugeManifest()
    {
        File.WriteAllText(Path.Combine(_sandbox.Install("Healthy"), "plugin.json"), new string(' ', (1 << 20) + 1));
        ExpectOnly(PluginState.Malfunctioned, "is larger than 1048576 bytes");
    }

    [Fact]
    public void FolderWithoutManifest()
    {
        Directory.CreateDirectory(Path.Combine(_sandbox.Folder, "empty"));
        ExpectOnly(PluginState.Malfunctioned, "the folder holds no plugin.json");
    }

    [Fact]
    public void NotTrusted()
    {
        string folder = _sandbox.Install("Healthy", trust: false);
        ExpectOnly(PluginState.Disabled, $"not trusted; review it and run: plugins trust {folder}");
    }

    [Fact]
    public void TrustEndsWhenTheManifestChanges()
    {
        string folder = _sandbox.Install("Healthy");
        string manifest = Path.Combine(folder, "plugin.json");
        File.AppendAllText(manifest, " ");
        ExpectOnly(PluginState.Disabled, "not trusted");
    }

    [Fact]
    public void BundledPluginThatTheBuildDidNotList()
    {
        _sandbox.InstallBundled("Healthy");
        ExpectOnly(PluginState.Disabled, "not trusted");
    }

    [Fact]
    public void DuplicateId()
    {
        _sandbox.Install("Healthy", "a");
        string second = _sandbox.Install("Healthy", "b");
        using HostServices services = _sandbox.Services();
        Assert.Equal([PluginState.Active, PluginState.Disabled], services.Plugins.Plugins.Select(p => p.State));
        Assert.Equal(second, services.Plugins.Plugins[1].Folder);
        Assert.Contains("its id is taken by the plugin in", services.Plugins.Plugins[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void UntrustedPluginTakesNoIdFromATrustedOne()
    {
        string impostor = _sandbox.Install("Healthy", "a", trust: false);
        File.AppendAllText(Path.Combine(impostor, "plugin.json"), "\n");
        _sandbox.Install("Healthy", "b");
        using HostServices services = _sandbox.Services();
        Assert.Equal([PluginState.Disabled, PluginState.Active], services.Plugins.Plugins.Select(p => p.State));
    }

    [Fact]
    public void ExplainerIdThatIsTaken()
    {
        _sandbox.Install("Healthy", "a");
        _sandbox.Install("Conflicting", "b");
        using HostServices services = _sandbox.Services();
        Assert.Equal(PluginState.Malfunctioned, services.Plugins.Plugins[1].State);
        Assert.Contains("its explainer 'plain' is already brought by the plugin 'healthy'", services.Plugins.Plugins[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void OneBadPluginLeavesTheOthersAlone()
    {
        foreach (string plugin in (string[])["ThrowingConstructor", "ThrowingRegister", "Healthy", "NoEntryType", "MissingDependency"]) _sandbox.Install(plugin);
        using HostServices services = _sandbox.Services();
        Assert.Equal(["healthy"], services.Plugins.Plugins.Where(p => p.State == PluginState.Active).Select(p => p.Id));
        Assert.Equal("plain, from the dependency", services.Explainers.Create("plain").ToString());
        Assert.Equal(4, _sandbox.Error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private void ExpectOnly(PluginState state, string reason)
    {
        using HostServices services = _sandbox.Services();
        PluginInfo plugin = Assert.Single(services.Plugins.Plugins);
        Assert.Contains(reason, $"{plugin.State}: {plugin.Reason}", StringComparison.Ordinal);
        Assert.Equal(state, plugin.State);
        Assert.DoesNotContain('\n', plugin.Reason!);
        Assert.Empty(plugin.Explainers);
    }
}
