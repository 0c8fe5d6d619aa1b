using System.Reflection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Architecture;

/// <summary>A change to what plugins are written against shows as a change to a text file.</summary>
public sealed class PublicApiTests
{
    private const string Update = "PELLUCID_UPDATE_API";

    public static TheoryData<string> Assemblies => [.. Surfaces.Keys];

    private static Dictionary<string, Assembly> Surfaces { get; } = new(StringComparer.Ordinal)
    {
        ["Pellucid.Abstractions"] = typeof(IPlugin).Assembly,
        ["Pellucid.Graphs"] = typeof(Graph).Assembly,
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void SurfaceIsTheOneOnRecord(string name)
    {
        string path = Path.Combine(RepositoryPaths.Root, "tests", "PublicApi", name + ".txt");
        string actual = PublicApi.Of(Surfaces[name]);
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(path, actual);
        string[] recorded = File.ReadAllText(path).Split('\n'), found = actual.Split('\n');
        string difference = string.Join('\n', recorded.Except(found).Select(l => "- " + l.Trim()).Concat(found.Except(recorded).Select(l => "+ " + l.Trim())).Take(20));
        Assert.True(string.Equals(File.ReadAllText(path), actual, StringComparison.Ordinal),
            $"the public surface of {name} changed. If that is meant, run this test with {Update}=1, look at the change of tests/PublicApi/{name}.txt and commit it; "
            + $"a change that breaks plugins raises ContractVersion.\n{difference}");
    }
}
