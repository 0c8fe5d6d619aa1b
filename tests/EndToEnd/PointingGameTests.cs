using Pellucid.Host.Demo;

namespace Pellucid.EndToEnd.Tests;

public class PointingGameTests
{
    private static readonly bool[] Mask = [false, true, false, true];

    [Theory]
    [InlineData(new float[] { 0, 3, 1, 2 }, true)]
    [InlineData(new float[] { 4, 3, 1, 2 }, false)]
    [InlineData(new float[] { 5, 5, 1, 2 }, false)]
    public void The_first_largest_value_decides(float[] map, bool hit) => Assert.Equal(hit, PointingGame.IsHit(map, Mask));

    [Fact]
    public void A_constant_map_points_nowhere() => Assert.Null(PointingGame.IsHit(new float[4], Mask));

    [Fact]
    public void An_empty_mask_is_refused() => Assert.Throws<ArgumentException>(() => PointingGame.IsHit(new float[4], new bool[4]));

    [Fact]
    public void The_interval_is_wilsons()
    {
        PointingTally tally = new() { Explainer = "x", Hits = 8, Misses = 2 };
        Assert.Equal(0.8, tally.Rate, 1e-12);
        Assert.Equal(0.4901625, tally.Interval.Low, 1e-6);
        Assert.Equal(0.9433178, tally.Interval.High, 1e-6);
    }
}
