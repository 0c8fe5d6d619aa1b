using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Complexity;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class ComplexityTests
{
    public static TheoryData<IMetric, double> OnASmallMap => new()
    {
        { new ComplexityMetric(), Math.Log(2) },
        { new EffectiveComplexityMetric(new()), 2 },
        { new SparsenessMetric(new()), 0.5 },
    };

    [Theory]
    [MemberData(nameof(OnASmallMap), DisableDiscoveryEnumeration = true)]
    public async Task ValuesOnASmallMapCountedByHand(IMetric metric, double expected)
    {
        Assert.Equal(expected, (await metric.MeasureAsync(MapItems.Item([3, -3, 0, 0], [2, 2]))).Value, 9);
        Assert.Equal(expected, (await metric.MeasureAsync(MapItems.Item([3, -3, 0, 0], [1, 2, 2]))).Value, 9);
        MetricResult zeros = await metric.MeasureAsync(MapItems.Item(new float[4], [2, 2]));
        Assert.Equal((MetricStatus.Undefined, ComplexityTraits.AllZero), (zeros.Status, zeros.Reason));
    }

    [Fact]
    public async Task ASquareOfPixelsIsCompactAndItsTreeShort()
    {
        // Nine pixels, hull 2 x 2, tree of eight steps.
        float[] map = [.. Enumerable.Range(0, 36).Select(i => i / 6 < 3 && i % 6 < 3 ? 1f : 0)];
        MetricResult result = await new MstComplexityMetric(new() { Threshold = 80, Neighbors = 4, Scale = false }).MeasureAsync(MapItems.Item(map, [6, 6]));
        Assert.Equal(9.0 / 8 / 2, result.Value, 9);
        Assert.Equal((9.0, 4.0, 8.0), (result.Details["pixels"], result.Details["hull-area"], result.Details["tree-length"]));
    }

    [Fact]
    public async Task TwoClustersAreJoinedWhereThatIsAskedFor()
    {
        // Pairs at both ends of a line; a neighbor each joins the pairs only.
        float[] map = [1, 1, 0, 0, 0, 0, 1, 1];
        MstComplexityOptions options = new() { Threshold = 60, Neighbors = 1, Scale = false };
        Assert.Equal(2, (await new MstComplexityMetric(options).MeasureAsync(MapItems.Item(map, [1, 8]))).Details["tree-length"]);
        MetricResult joined = await new MstComplexityMetric(options with { Connect = true }).MeasureAsync(MapItems.Item(map, [1, 8]));
        Assert.Equal(7, joined.Details["tree-length"]);
        // On a line there is no hull: the diagonal takes its place.
        Assert.Equal(4 / 7.0 / Math.Sqrt(65), joined.Value, 9);
    }

    [Fact]
    public async Task MapsWithoutAnAreaOrMassHaveTheirReasons()
    {
        Assert.Equal(MetricStatus.Undefined, (await new MstComplexityMetric(new()).MeasureAsync(MapItems.Item(new float[4], [2, 2]))).Status);
        Assert.Equal(0, (await new MstComplexityMetric(new() { Compat = Compatibility.Quantus }).MeasureAsync(MapItems.Item(new float[4], [2, 2]))).Value);
        Assert.Equal(MetricStatus.NotApplicable, (await new MstComplexityMetric(new()).MeasureAsync(MapItems.Item([1, 2, 3, 4], [1, 2, 2]))).Status);
        Assert.Equal(MetricStatus.Undefined, (await new MstComplexityMetric(new() { Threshold = 99 }).MeasureAsync(MapItems.Item([1, 2, 3, 4], [2, 2]))).Status);
    }

    [Fact]
    public async Task ScaleOfTheMapHasNoInfluenceByDefault()
    {
        float[] map = [0.5f, -2, 1, 1e-7f], scaled = [.. map.Select(v => v * 1000)];
        foreach (IMetric metric in (IMetric[])[new ComplexityMetric(), new EffectiveComplexityMetric(new()), new SparsenessMetric(new())])
            Assert.Equal((await metric.MeasureAsync(MapItems.Item(map, [2, 2]))).Value, (await metric.MeasureAsync(MapItems.Item(scaled, [2, 2]))).Value, 6);
    }
}
