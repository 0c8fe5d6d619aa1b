using Pellucid.Samples.HelloExplainer;

namespace Pellucid.TestKit.Tests;

/// <summary>The sample plugin keeps the contract; docs/how-to/write-an-explainer.md shows this test.</summary>
public sealed class SampleConformanceTests(ConformanceScene scene) : IClassFixture<ConformanceScene>
{
    [Fact]
    public async Task The_sample_conforms()
    {
        ConformanceReport report = await ExplainerConformance.CheckAsync(
            () => new OcclusionGridExplainer(new OcclusionGridOptions()), typeof(OcclusionGridOptions), scene.Request);
        report.ThrowIfFailed();
    }
}
