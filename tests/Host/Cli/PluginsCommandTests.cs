using System.Text.Json;
using Pellucid.Host.Cli;
using Pellucid.Host.Tests.Plugins;

namespace Pellucid.Host.Tests.Cli;

/// <summary>The plugins commands: what they print, and their exit codes.</summary>
public sealed class PluginsCommandTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task ListShowsStatesWithReasons()
    {
        _sandbox.Install("Healthy");
        _sandbox.Install("ThrowingRegister");
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "list"));
        string output = _sandbox.Output.ToString();
        Assert.Matches("healthy +1.2.3 +Active +model adapter Nothing, plain, rich, refusing", output);
        Assert.Matches("throwing-register +1.2.3 +Malfunctioned", output);
        Assert.Contains("throwing-register: its Register method failed: NotSupportedException: wrong kind of day", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsJsonIsNothingButJson()
    {
        _sandbox.Install("Healthy");
        _sandbox.Install("NoEntryType");
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "list", "--json"));
        using JsonDocument json = JsonDocument.Parse(_sandbox.Output.ToString());
        Assert.Equal(["Active", "Malfunctioned"], json.RootElement.EnumerateArray().Select(p => p.GetProperty("state").GetString()!));
    }

    [Fact]
    public async Task InspectShowsOptionsWithDefaults()
    {
        _sandbox.Install("Healthy");
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "inspect", "healthy"));
        Assert.Contains("layer-count=3  (whole number, from 1 to 12)", _sandbox.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("model adapter nothing", _sandbox.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ThrowingConstructor", "throwing-constructor", "its constructor failed")]
    [InlineData("MissingDependency", "missing-dependency", "it needs TestPlugins.Dependency")]
    [InlineData("ThrowingAdapter", "throwing-adapter", "a model adapter cannot be made")]
    public async Task InspectOfABrokenPluginIsAUserError(string plugin, string id, string reason)
    {
        _sandbox.Install(plugin);
        Assert.Equal(ExitCodes.UserError, await _sandbox.Run("plugins", "inspect", id));
        Assert.Contains(reason, _sandbox.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _sandbox.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerboseShowsTheStackTrace()
    {
        _sandbox.Install("ThrowingConstructor");
        Assert.Equal(ExitCodes.UserError, await _sandbox.Run("plugins", "inspect", "throwing-constructor", "--verbose"));
        Assert.Contains("   at TestPlugins.ThrowingConstructor.ThrowingConstructorPlugin..ctor()", _sandbox.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrustShowsWhatIsTrustedAndHoldsUntilTakenBack()
    {
        string folder = _sandbox.Install("Healthy", trust: false);
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "trust", folder));
        Assert.Contains("TestPlugins.Dependency.dll", _sandbox.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal("Active", await State());
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "untrust", folder));
        Assert.Equal("Disabled", await State());
        Assert.Equal(ExitCodes.UserError, await _sandbox.Run("plugins", "untrust", folder));
    }

    [Fact]
    public async Task TrustRefusesAFolderThatIsNotAsItsManifestSays()
    {
        string folder = _sandbox.Install("Healthy", trust: false);
        File.AppendAllText(Path.Combine(folder, "TestPlugins.Healthy.dll"), "x");
        Assert.Equal(ExitCodes.UserError, await _sandbox.Run("plugins", "trust", folder));
        Assert.Contains("SHA-256", _sandbox.Error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_sandbox.StateFolder, "trusted")));
    }

    [Fact]
    public async Task DisableAndEnable()
    {
        _sandbox.Install("Healthy");
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "disable", "healthy"));
        Assert.Equal("Disabled", await State());
        Assert.Equal(ExitCodes.Success, await _sandbox.Run("plugins", "enable", "healthy"));
        Assert.Equal("Active", await State());
        Assert.Equal(ExitCodes.UserError, await _sandbox.Run("plugins", "disable", "healhty"));
        Assert.Contains("there is no plugin 'healhty'; nearest: healthy", _sandbox.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugins", "lst")]
    [InlineData("nonsense")]
    [InlineData("plugins", "list", "--no-such-option")]
    [InlineData("plugins", "inspect")]
    [InlineData("plugins", "list", "--plugins", "no-such-folder")]
    public async Task MisuseIsAUserError(params string[] args)
    {
        Assert.Equal(ExitCodes.UserError, await _sandbox.Run(args));
        Assert.NotEmpty(_sandbox.Error.ToString());
        Assert.Empty(_sandbox.Output.ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("plugins", "--help")]
    [InlineData("--version")]
    public async Task HelpIsNoError(params string[] args)
    {
        Assert.Equal(ExitCodes.Success, await _sandbox.Run(args));
        Assert.NotEmpty(_sandbox.Output.ToString());
    }

    private async Task<string> State()
    {
        _sandbox.Output.GetStringBuilder().Clear();
        await _sandbox.Run("plugins", "list", "--json");
        using JsonDocument json = JsonDocument.Parse(_sandbox.Output.ToString());
        return json.RootElement[0].GetProperty("state").GetString()!;
    }
}
