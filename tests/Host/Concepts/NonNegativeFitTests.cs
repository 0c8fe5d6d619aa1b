using Pellucid.Host.Concepts;

namespace Pellucid.Host.Tests.Concepts;

public sealed class NonNegativeFitTests
{
    [Fact]
    public void A_combination_is_found_again()
    {
        NonNegativeFit fit = NonNegativeFit.Of([2, 5, 3], [[1, 1, 0], [0, 1, 1]]);

        Assert.Equal([2, 3], fit.Weights.Select(w => Math.Round(w, 9)));
        Assert.Equal(1, fit.Explained, 9);
    }

    [Fact]
    public void A_part_that_would_need_a_negative_weight_gets_none()
    {
        // By hand: without the second part the best weight is <w, p> / <p, p> = 1 / 2, which explains 1 / 2 of 1.
        NonNegativeFit fit = NonNegativeFit.Of([1, 0], [[1, 1], [0, 1]]);

        Assert.Equal([0.5, 0], fit.Weights);
        Assert.Equal(0.5, fit.Explained, 12);
    }

    [Fact]
    public void Parts_that_are_zero_or_opposite_explain_nothing() => Assert.Equal(0, NonNegativeFit.Of([1, 1], [[0, 0], [-1, -1]]).Explained);

    [Fact]
    public void Nothing_resembles_zeros() => Assert.Throws<ArgumentException>(() => NonNegativeFit.Of([0, 0], [[1, 1]]));
}
