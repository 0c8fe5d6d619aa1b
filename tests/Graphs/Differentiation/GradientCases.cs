using Pellucid.Graphs.Tests.Differentiation.Cases;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>The one list of cases that every test of gradient rules walks.</summary>
public static class GradientCases
{
    private static readonly Dictionary<string, GradientCase> ByName =
        new[] { ElementwiseCases.All, LinearCases.All, LayoutCases.All, IndexCases.All, SpatialCases.All }
            .SelectMany(c => c).ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static IEnumerable<GradientCase> All => ByName.Values;

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static GradientCase Get(string name) => ByName[name];
}
