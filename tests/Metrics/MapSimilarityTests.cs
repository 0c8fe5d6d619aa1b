using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class MapSimilarityTests
{
    [Fact]
    public void TiesGetTheirMeanRank()
    {
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
        Assert.Equal(Math.Sqrt(0.9), MapSimilarity.Spearman([1, 2, 2, 3], [1, 2, 3, 4]), 12);
        Assert.Equal(-1, MapSimilarity.Spearman([1, 2, 5], [9, 4, 3]), 12);
    }

    [Fact]
    public void CorrelationsOfConstantMapsAreUndefined()
    {
        Assert.True(double.IsNaN(MapSimilarity.Spearman([1, 1, 1], [1, 2, 3])));
        Assert.True(double.IsNaN(MapSimilarity.Pearson([1, 2, 3], [0, 0, 0])));
        Assert.True(double.IsNaN(MapSimilarity.Cosine([0, 0], [1, 2])));
    }

    [Fact]
    public void ManyMapsGiveWhatPairsGive()
    {
        HostTensor[] maps = [Map(12, i => (i * 7) % 5), Map(12, i => (i * 3) % 4), Map(12, i => i % 11)];
        foreach (SsimWindow window in Enum.GetValues<SsimWindow>())
            Assert.Equal([MapSimilarity.Ssim(maps[0], maps[1], window, 5), MapSimilarity.Ssim(maps[0], maps[2], window, 5), MapSimilarity.Ssim(maps[1], maps[2], window, 5)], MapSimilarity.SsimOfPairs(maps, 5, window));
        Assert.Empty(MapSimilarity.SsimOfPairs([maps[0]], 5));
        Assert.Throws<PellucidException>(() => MapSimilarity.SsimOfPairs([maps[0], Map(11, i => i)], 5));
    }

    [Fact]
    public void PearsonAndCosine()
    {
        Assert.Equal(0.5, MapSimilarity.Pearson([1, 2, 3], [1, 3, 2]), 12);
        Assert.Equal(Math.Sqrt(0.5), MapSimilarity.Cosine([1, 0], [1, 1]), 12);
    }

    [Theory]
    [InlineData(SsimWindow.Uniform, 7)]
    [InlineData(SsimWindow.Gaussian, 11)]
    public void ASingleWindowIsTheFormulaItself(SsimWindow window, int size)
    {
        HostTensor a = Map(size, i => (i * 7) % 5), b = Map(size, i => (i * 3) % 4);
        double[] line = window == SsimWindow.Uniform
            ? [.. Enumerable.Repeat(1.0, size)]
            : [.. Enumerable.Range(0, size).Select(i => Math.Exp(-(i - 5) * (i - 5) / 4.5))];
        double[] w = [.. Enumerable.Range(0, size * size).Select(i => line[i / size] * line[i % size])];
        double total = w.Sum(), n = size * size, factor = window == SsimWindow.Uniform ? n / (n - 1) : 1;
        double Mean(Func<int, double> value) => w.Select((weight, i) => weight * value(i)).Sum() / total;
        double ma = Mean(i => a.Floats[i]), mb = Mean(i => b.Floats[i]);
        double va = factor * Mean(i => Math.Pow(a.Floats[i] - ma, 2)), vb = factor * Mean(i => Math.Pow(b.Floats[i] - mb, 2));
        double cov = factor * Mean(i => (a.Floats[i] - ma) * (b.Floats[i] - mb)), c1 = Math.Pow(0.01 * 4, 2), c2 = Math.Pow(0.03 * 4, 2);
        double expected = ((2 * ma * mb) + c1) * ((2 * cov) + c2) / (((ma * ma) + (mb * mb) + c1) * (va + vb + c2));
        Assert.Equal(expected, MapSimilarity.Ssim(a, b, window), 10);
    }

    [Fact]
    public void EqualMapsHaveSimilarityOneInAnyRank()
    {
        HostTensor volume = HostTensor.Of([.. Enumerable.Range(0, 8 * 8 * 8).Select(i => (float)(i * 37 % 11))], 8, 8, 8);
        Assert.Equal(1, MapSimilarity.Ssim(volume, volume), 12);
        Assert.Equal(1, MapSimilarity.Ssim(Map(8, _ => 3), Map(8, _ => 3)));
    }

    [Fact]
    public void MapsThatDoNotFitAreRefused()
    {
        Assert.Throws<PellucidException>(() => MapSimilarity.Ssim(Map(8, i => i), Map(9, i => i)));
        Assert.Contains("too small", Assert.Throws<PellucidException>(() => MapSimilarity.Ssim(Map(6, i => i), Map(6, i => i))).Message, StringComparison.Ordinal);
        Assert.Throws<PellucidException>(() => MapSimilarity.Spearman([1], [1, 2]));
        Assert.Throws<PellucidException>(() => MapSimilarity.Ssim(Map(8, i => i), Map(8, i => i), range: 0));
    }

    [Fact]
    public void SharesOfMassInARegion()
    {
        float[] map = [3, -1, 1, 0];
        bool[] region = [true, true, false, false];
        Assert.Equal(0.75, MapRegions.ShareInside(map, region));
        Assert.Equal(0.8, MapRegions.ShareInside(map, region, MapMass.Absolute));
        Assert.Equal(4.0 / 7, MapRegions.ShareInside(map, region, MapMass.MinMax), 12);
        Assert.Equal(2.0 / 3, MapRegions.ShareInside(map, region, MapMass.Signed), 12);
        Assert.True(double.IsNaN(MapRegions.ShareInside([-1, 0, -2, 0], region)));
        Assert.Throws<PellucidException>(() => MapRegions.ShareInside(map, [true]));
    }

    [Fact]
    public void AnyOfSeveralLargestValuesPoints()
    {
        Assert.True(MapRegions.PointsInto([1, 2, 2], [false, false, true]));
        Assert.False(MapRegions.PointsInto([1, 3, 2], [true, false, true]));
    }

    [Fact]
    public void SmoothingKeepsTheMassAndMovesTheMaximumToTheCluster()
    {
        // A lone peak against a broad hill: smoothing changes where the map points.
        HostTensor map = Map(16, i => i == 0 ? 5 : i / 16 is >= 9 and <= 12 && i % 16 is >= 9 and <= 12 ? 3 : 0);
        HostTensor smooth = MapRegions.Smooth(map, 1.5);
        bool[] hill = [.. map.Floats.ToArray().Select(v => v == 3)];
        Assert.False(MapRegions.PointsInto(map.Floats, hill));
        Assert.True(MapRegions.PointsInto(smooth.Floats, hill));
        Assert.Equal(map.Floats.ToArray().Sum(), smooth.Floats.ToArray().Sum(), 3);
        Assert.Same(map, MapRegions.Smooth(map, 0));
        Assert.Throws<PellucidException>(() => MapRegions.Smooth(map, -1));
    }

    private static HostTensor Map(int size, Func<int, float> value) => HostTensor.Of([.. Enumerable.Range(0, size * size).Select(value)], size, size);
}
