using System.Security.Cryptography;
using Pellucid.Host.Caching;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Plugins;
using Pellucid.Host.Tests.Plugins;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>Code that was built again with other contents finds none of the results of its like-named predecessor.</summary>
public sealed class CodeIdentityTests : IDisposable
{
    private readonly PluginSandbox _one = new(), _other = new();

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData("TestPlugins.Healthy.dll")]
    [InlineData("TestPlugins.Dependency.dll")]
    public void Another_assembly_under_the_same_id_and_version_gives_another_key(string assembly)
    {
        _one.Install("Healthy");
        (string id, string version, string key, string maps) = Identify(_one);
        string folder = _other.Install("Healthy");
        Assert.Equal((id, version, key, maps), Identify(_other));

        // What lies behind the image of an assembly is not executed, but it is another file.
        File.AppendAllText(Path.Combine(folder, assembly), " ");
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, assembly))));
        _other.Edit(folder, manifest => manifest["files"]![assembly] = hash);
        (string Id, string Version, string Key, string Maps) rebuilt = Identify(_other);
        Assert.Equal((id, version), (rebuilt.Id, rebuilt.Version));
        Assert.NotEqual(key, rebuilt.Key);
        Assert.NotEqual(maps, rebuilt.Maps);
    }

    [Fact]
    public void The_code_of_the_host_and_of_the_engine_is_named_by_its_contents()
    {
        string[] modules = CodeIdentity.Host.Split(' ');
        Assert.Equal(5, modules.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(typeof(Pellucid.Graphs.Graph).Module.ModuleVersionId.ToString(), modules);
        Assert.Contains(typeof(HostServices).Module.ModuleVersionId.ToString(), modules);
    }

    /// <summary>The plugin, the key of a unit of its explainer on a model that it loads, and what the cache of maps adds for its adapter.</summary>
    private static (string Id, string Version, string Key, string Maps) Identify(PluginSandbox sandbox)
    {
        using HostServices services = sandbox.Services();
        PluginManifest manifest = Assert.Single(services.Plugins.Plugins, p => p.State == PluginState.Active).Manifest!;
        string key = UnitKeys.Unit($"model by {CodeIdentity.Of(manifest)}", "image", "model", "target", PartIdentity.Of(services.Explainers.Parse("plain")), 1);
        return (manifest.Id, manifest.Version.ToString(), key, Provenance.Of(services.Plugins, new("cpu", "a processor", "an engine", 1)));
    }
}
