using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Localization;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class LocalizationTests
{
    private static readonly float[] Map = [4, 1, -4, 0];
    private static readonly bool[] Left = [true, false, true, false];

    public static TheoryData<IMetric, double> OnASmallMap => new()
    {
        { new AttributionLocalizationMetric(new()), 0.8 },
        { new AttributionLocalizationMetric(new() { Weighting = AreaWeighting.Inverse }), 1.6 },
        { new AttributionLocalizationMetric(new() { Mass = MapMass.Absolute }), 8.0 / 9 },
        { new RelevanceMassAccuracyMetric(new() { Mass = MapMass.Signed }), 0 },
        { new OutsideMassMetric(new()), 0.2 },
        { new EnergyPointingGameMetric(new()), 8.0 / 17 },
        { new FocusMetric(new()), 0.8 },
        { new PointingGameMetric(new()), 1 },
        { new PointingGameMetric(new() { Weighted = true }), 0.5 },
        { new RelevanceRankAccuracyMetric(new()), 0.5 },
        { new TopKIntersectionMetric(new() { K = 3 }), 1.0 / 3 },
        { new TopKIntersectionMetric(new() { K = 3, ConceptInfluence = true }), 2.0 / 3 },
        { new LocalizationAucMetric(new()), 0.5 },
        { new PixelAccuracyMetric(), 0.5 },
        { new MaskIouMetric(new()), 1.0 / 3 },
        { new MaskIouMetric(new() { Classes = SegmentationClasses.Foreground }), 1.0 / 3 },
        { new AveragePrecisionMetric(new() { Classes = SegmentationClasses.Foreground }), 0.75 },
    };

    [Theory]
    [MemberData(nameof(OnASmallMap), DisableDiscoveryEnumeration = true)]
    public async Task ValuesOnASmallMapCountedByHand(IMetric metric, double expected)
    {
        MetricResult flat = await metric.MeasureAsync(MapItems.Item(Map, [2, 2], Left));
        Assert.Equal(expected, flat.Value, 9);
        // The same map as a volume of one column.
        Assert.Equal(expected, (await metric.MeasureAsync(MapItems.Item(Map, [2, 2, 1], Left))).Value, 9);
    }

    [Theory]
    [MemberData(nameof(OnASmallMap), DisableDiscoveryEnumeration = true)]
    public async Task AnEmptyMaskIsUndefinedWithTheSameReasonEverywhere(IMetric metric, double expected)
    {
        Assert.True(double.IsFinite(expected));
        MetricResult result = await metric.MeasureAsync(MapItems.Item(Map, [2, 2], new bool[4]));
        Assert.Equal((MetricStatus.Undefined, RegionMetric.EmptyMask), (result.Status, result.Reason));
    }

    [Fact]
    public async Task MapsThatSayNothingAreUndefinedWhereTheOrderOrTheMassIsMeasured()
    {
        foreach (IMetric metric in (IMetric[])[new PointingGameMetric(new()), new RelevanceRankAccuracyMetric(new()), new TopKIntersectionMetric(new()), new FocusMetric(new()), new OutsideMassMetric(new())])
            Assert.Equal(MetricStatus.Undefined, (await metric.MeasureAsync(MapItems.Item([0, 0, 0, 0], [2, 2], Left))).Status);
        Assert.Equal(0.5, (await new LocalizationAucMetric(new()).MeasureAsync(MapItems.Item([2, 2, 2, 2], [2, 2], Left))).Value);
        Assert.Equal(MetricStatus.Undefined, (await new LocalizationAucMetric(new()).MeasureAsync(MapItems.Item(Map, [2, 2], [true, true, true, true]))).Status);
        Assert.Equal(1, (await new PointingGameMetric(new() { Compat = Compatibility.Quantus }).MeasureAsync(MapItems.Item(Map, [2, 2], new bool[4]))).Value);
    }

    [Fact]
    public async Task AShareAboveOneAndALargeRegionHaveTheirReasons()
    {
        MetricResult above = await new AttributionLocalizationMetric(new() { Mass = MapMass.Signed }).MeasureAsync(MapItems.Item([4, -1, 0, 0], [2, 2], Left));
        Assert.Contains("larger than 1", above.Reason, StringComparison.Ordinal);
        MetricResult large = await new AttributionLocalizationMetric(new() { MaxArea = 0.25 }).MeasureAsync(MapItems.Item(Map, [2, 2], Left));
        Assert.Equal(MetricStatus.NotApplicable, large.Status);
    }

    [Fact]
    public async Task TheUnionOfSeveralMasksIsMeasured() =>
        Assert.Equal(1, (await new OutsideMassMetric(new() { Mass = MapMass.Absolute }).MeasureAsync(MapItems.Item([0, 5, 0, 5], [2, 2], [true, false, false, false], [false, false, true, false]))).Value);

    [Fact]
    public async Task ToleranceAndSmoothingChangeWhereTheMapPoints()
    {
        float[] map = new float[25];
        (map[0], map[18], map[19], map[23], map[24]) = (3, 2, 2, 2, 2);
        bool[] corner = [.. Enumerable.Range(0, 25).Select(i => i >= 18 && i % 5 >= 3)];
        Assert.Equal(0, (await new PointingGameMetric(new()).MeasureAsync(MapItems.Item(map, [5, 5], corner))).Value);
        Assert.Equal(1, (await new PointingGameMetric(new() { Sigma = 1 }).MeasureAsync(MapItems.Item(map, [5, 5], corner))).Value);
        Assert.Equal(0, (await new PointingGameMetric(new() { Tolerance = 4.2 }).MeasureAsync(MapItems.Item(map, [5, 5], corner))).Value);
        Assert.Equal(1, (await new PointingGameMetric(new() { Tolerance = 4.25 }).MeasureAsync(MapItems.Item(map, [5, 5], corner))).Value);
    }

    [Fact]
    public async Task ADataSetsSegmentationSumsPixels()
    {
        var metric = new MaskIouMetric(new() { Classes = SegmentationClasses.Foreground });
        IMetricPool pool = metric.CreatePool();
        pool.Add(await metric.MeasureAsync(MapItems.Item([1, 0, 0, 0], [2, 2], Left)));
        pool.Add(await metric.MeasureAsync(MapItems.Item([1, 0, 1, 0], [2, 2], Left)));
        pool.Add(await metric.MeasureAsync(MapItems.Item(Map, [2, 2], new bool[4])));
        MetricResult overall = pool.Finish().Overall;
        Assert.Equal(3.0 / 4, overall.Value, 12);
        Assert.Equal(7.0 / 8, overall.Details["pixel-accuracy"], 12);
        Assert.Equal(MetricStatus.Undefined, metric.CreatePool().Finish().Overall.Status);
    }
}
