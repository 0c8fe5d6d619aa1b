using Pellucid.Abstractions.Explanations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>The fast order is that of a stable sort, whatever the values.</summary>
public sealed class RankingTests
{
    [Fact]
    public void The_order_is_that_of_a_stable_sort()
    {
        float[] special = [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1, -1];
        SeededRandom random = new(3);
        float[] values = [.. special, .. special, .. Enumerable.Range(0, 3000).Select(_ => (float)random.NextInt(40) - 20), .. Enumerable.Range(0, 3000).Select(_ => (float)random.NextNormal())];
        int[] places = [.. Enumerable.Range(0, values.Length)];
        int[] down = [.. places.OrderByDescending(i => values[i])], up = [.. places.OrderBy(i => values[i])];
        Assert.Equal(down, Ranking.Of(values, descending: true));
        Assert.Equal(up, Ranking.Of(values, descending: false));
        Assert.Empty(Ranking.Of([], descending: true));
    }
}
