using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Architecture;

/// <summary>Who may know whom, read from the references of the built assemblies.</summary>
public sealed class ArrowTests
{
    private static readonly string Artifacts = Path.Combine(RepositoryPaths.Root, "artifacts");

    [Theory]
    [InlineData("Pellucid.Graphs")]
    [InlineData("Pellucid.Abstractions", "Pellucid.Graphs")]
    [InlineData("Pellucid.Modeling", "Pellucid.Abstractions", "Pellucid.Graphs")]
    [InlineData("Pellucid.Runtime", "Pellucid.Abstractions", "Pellucid.Graphs")]
    [InlineData("Pellucid.Host", "Pellucid.Abstractions", "Pellucid.Graphs", "Pellucid.Modeling", "Pellucid.Runtime")]
    public void PartsKnowOnlyWhatLiesBelow(string assembly, params string[] allowed)
    {
        string path = Path.Combine(Artifacts, "bin", "Pellucid.Host", "release", assembly + ".dll");
        Assert.Empty(References(path).Where(r => r.StartsWith("Pellucid.", StringComparison.Ordinal)).Except(allowed));
    }

    [Theory]
    [InlineData("Pellucid.Graphs")]
    [InlineData("Pellucid.Abstractions")]
    [InlineData("Pellucid.Modeling")]
    public void OnlyTheRuntimeKnowsTheEngine(string assembly)
    {
        string path = Path.Combine(Artifacts, "bin", "Pellucid.Host", "release", assembly + ".dll");
        Assert.DoesNotContain(References(path), r => r.Contains("OnnxRuntime", StringComparison.Ordinal));
    }

    [Fact]
    public void PluginsKnowTheContractsAlone()
    {
        string[] entries = Directory.GetFiles(Path.Combine(Artifacts, "bin", "Pellucid.Host", "release", "plugins"), "Pellucid.Plugins.*.dll", SearchOption.AllDirectories);
        Assert.NotEmpty(entries);
        string[] allowed = ["Pellucid.Abstractions", "Pellucid.Graphs", "Pellucid.Modeling"];
        foreach (string entry in entries)
        {
            bool adapts = File.ReadAllText(Path.Combine(Path.GetDirectoryName(entry)!, "plugin.json")).Contains("\"model-adapter\"", StringComparison.Ordinal);
            IEnumerable<string> ours = References(entry).Where(r => r.StartsWith("Pellucid.", StringComparison.Ordinal));
            Assert.Empty(ours.Except(adapts ? allowed : allowed[..2]).Select(r => $"{Path.GetFileName(entry)} -> {r}"));
        }
    }

    [Fact]
    public void BundledPluginsShipNothingOfTheHost()
    {
        string[] files = Directory.GetFiles(Path.Combine(Artifacts, "bin", "Pellucid.Host", "release", "plugins"), "*.dll", SearchOption.AllDirectories);
        Assert.DoesNotContain(files.Select(Path.GetFileName), f => f is "Pellucid.Abstractions.dll" or "Pellucid.Graphs.dll" or "Pellucid.Modeling.dll" or "System.Numerics.Tensors.dll");
    }

    private static List<string> References(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
