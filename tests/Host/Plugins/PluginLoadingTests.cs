using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Pellucid.Abstractions.Explanations;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Tests.Plugins;

/// <summary>A plugin lives in a context of its own, shares the contracts and can be unloaded.</summary>
public sealed class PluginLoadingTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void ContractsAreSharedAndTheRestIsNot()
    {
        _sandbox.Install("Healthy");
        using HostServices services = _sandbox.Services();
        IExplainer explainer = services.Explainers.Create("plain");
        Assert.Equal("plain, from the dependency", explainer.ToString());
        Type type = explainer.GetType();
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(type.Assembly)!;
        Assert.Equal("plugin healthy", context.Name);
        Assert.True(context.IsCollectible);
        Assert.Contains(typeof(IExplainer), type.GetInterfaces());
        Assert.Contains(context.Assemblies, a => a.GetName().Name == "TestPlugins.Dependency");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, a => a.GetName().Name!.StartsWith("TestPlugins.", StringComparison.Ordinal));
    }

    [Fact]
    public void AdaptersAndExplainersAreMadeWithTheHostsServices()
    {
        _sandbox.Install("Healthy");
        using HostServices services = _sandbox.Services();
        Assert.Equal("nothing", Assert.Single(services.ModelAdapters).Id);
        Assert.StartsWith("3; True;", services.Explainers.Create("rich").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DisposingTheServicesUnloadsThePlugin()
    {
        _sandbox.Install("Healthy");
        WeakReference context = LoadAndDispose();
        for (int i = 0; context.IsAlive && i < 20; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [Fact]
    public void BundledPluginsAreTrustedByTheListOfTheBuild()
    {
        _sandbox.InstallBundled("Healthy");
        string hash = PluginManifestReader.Read(Path.Combine(_sandbox.HostFolder, "plugins", "Healthy")).Hash;
        File.WriteAllText(Path.Combine(_sandbox.HostFolder, PluginCatalog.TrustedFileName), $$"""{"Healthy": "{{hash.ToUpperInvariant()}}"}""");
        using HostServices services = _sandbox.Services();
        PluginInfo plugin = Assert.Single(services.Plugins.Plugins);
        Assert.Equal((PluginState.Active, true), (plugin.State, plugin.Bundled));
        // Nor can being killed at this moment take it from the host: no note says that it was being loaded.
        Assert.False(Directory.Exists(Path.Combine(_sandbox.StateFolder, "loading")));
    }

    [Theory]
    [InlineData("1.0.0", "1.0.1", -1)]
    [InlineData("1.0.0-alpha", "1.0.0", -1)]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1", -1)]
    [InlineData("1.0.0-alpha.1", "1.0.0-alpha.beta", -1)]
    [InlineData("1.0.0-beta.2", "1.0.0-beta.11", -1)]
    [InlineData("1.0.0-rc.1", "1.0.0-beta.11", 1)]
    [InlineData("1.0.0+a", "1.0.0+b", 0)]
    [InlineData("10.0.0", "9.9.9", 1)]
    public void VersionsAreOrderedAsSemverSays(string a, string b, int order)
    {
        Assert.True(SemanticVersion.TryParse(a, out SemanticVersion? left));
        Assert.True(SemanticVersion.TryParse(b, out SemanticVersion? right));
        Assert.Equal(order, Math.Sign(SemanticVersion.Compare(left, right)));
        Assert.Equal(-order, Math.Sign(SemanticVersion.Compare(right, left)));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0+a+b")]
    [InlineData("v1.0.0")]
    [InlineData("99999999999.0.0")]
    [InlineData("")]
    public void VersionsThatAreNone(string text) => Assert.False(SemanticVersion.TryParse(text, out _));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference LoadAndDispose()
    {
        using HostServices services = _sandbox.Services();
        Type type = services.Explainers.Create("plain").GetType();
        return new WeakReference(AssemblyLoadContext.GetLoadContext(type.Assembly));
    }
}
