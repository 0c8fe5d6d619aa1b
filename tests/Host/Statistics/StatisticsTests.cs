using Pellucid.Host.Statistics;

namespace Pellucid.Host.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void QuantilesLieBetweenNeighbors()
    {
        double[] sorted = [1, 2, 4, 8];
        Assert.Equal(1, Samples.Quantile(sorted, 0));
        Assert.Equal(8, Samples.Quantile(sorted, 1));
        Assert.Equal(3, Samples.Quantile(sorted, 0.5), 12);
        Assert.Equal(1.75, Samples.Quantile(sorted, 0.25), 12);
    }

    [Fact]
    public void BootstrapOfTwoValuesHasThePercentilesOfTheirFourDraws()
    {
        // Means of the draws: 0 (1/4), 1/2 (1/2), 1 (1/4). So the middle 90 % reach from 0 to 1, the middle 40 % are 1/2.
        MeanEstimate wide = Bootstrap.Mean([0, 1], seed: 3, level: 0.9), narrow = Bootstrap.Mean([0, 1], seed: 3, level: 0.4);
        Assert.Equal(0.5, wide.Mean);
        Assert.Equal(new ConfidenceInterval(0, 1), wide.Interval);
        Assert.Equal(new ConfidenceInterval(0.5, 0.5), narrow.Interval);
    }

    [Fact]
    public void BootstrapAgreesWithTheNormalIntervalOnManyValues()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => (i % 20) / 19.0)];
        double mean = values.Average(), error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / 400 / 400);
        ConfidenceInterval interval = Bootstrap.Mean(values, seed: 1).Interval!.Value;
        Assert.InRange(interval.Low, mean - (2.1 * error), mean - (1.82 * error));
        Assert.InRange(interval.High, mean + (1.82 * error), mean + (2.1 * error));
        Assert.Equal(interval, Bootstrap.Mean(values, seed: 1).Interval);
        Assert.NotEqual(interval, Bootstrap.Mean(values, seed: 2).Interval);
    }

    [Fact]
    public void TheMeanOfGroupsIsOverAllValuesAndGroupsAreDrawn()
    {
        // Draws of (3 values of sum 3) and (1 value of sum 0): 1 (1/4), 3/4 (1/2), 0 (1/4).
        MeanEstimate wide = Bootstrap.MeanOfGroups([3, 0], [3, 1], seed: 3, level: 0.9), narrow = Bootstrap.MeanOfGroups([3, 0], [3, 1], seed: 3, level: 0.4);
        Assert.Equal((0.75, 2), (wide.Mean, wide.Count));
        Assert.Equal(new ConfidenceInterval(0, 1), wide.Interval);
        Assert.Equal(new ConfidenceInterval(0.75, 0.75), narrow.Interval);
        Assert.Equal(Bootstrap.Mean([1, 2, 4], seed: 5), Bootstrap.MeanOfGroups([1, 2, 4], [1, 1, 1], seed: 5));
        Assert.Throws<ArgumentException>(() => Bootstrap.MeanOfGroups([1, 2], [1, 0], seed: 0));
        Assert.Throws<ArgumentException>(() => Bootstrap.MeanOfGroups([1, 2], [1], seed: 0));
    }

    [Fact]
    public void AmongManyComparisonsTestsDrawEnoughToPassHolmAndStopWhereThatCannotMatter()
    {
        Assert.Equal(1000, DrawnTest.Draws(10, 0.05, 1000, units: 50));
        foreach (int comparisons in (int[])[55, 190, 4950])
        {
            foreach (int units in (int[])[10, 100_000, 10_000_000])
            {
                int draws = DrawnTest.Draws(comparisons, 0.05, 1000, units);
                Assert.InRange(draws, 1000, DrawnTest.Most);
                Assert.True(comparisons / (draws + 1.0) <= 0.05, $"{comparisons} comparisons, {units} units: {draws} draws");
            }
        }

        int asked = 0;
        Assert.Equal(1, DrawnTest.PValue(100, 1000, 0.05, () => ++asked > 0));
        Assert.Equal(100, asked);
        Assert.Equal(1.0 / 1001, DrawnTest.PValue(100, 1000, 0.05, () => ++asked < 0));
        Assert.Equal(1100, asked);
    }

    [Fact]
    public void OneValueHasNoIntervalAndEqualOnesHaveNoWidth()
    {
        Assert.Null(Bootstrap.Mean([0.3], seed: 0).Interval);
        Assert.Equal(new ConfidenceInterval(0.1, 0.1), Bootstrap.Mean([0.1, 0.1, 0.1], seed: 0).Interval);
    }

    [Fact]
    public void WhatHasNoStatisticsIsRefused()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.Mean([], seed: 0));
        Assert.Throws<ArgumentException>(() => Bootstrap.Mean([1, double.NaN], seed: 0));
        Assert.Throws<ArgumentException>(() => SignFlipTest.PValue([double.PositiveInfinity], seed: 0));
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1, 2], [1], seed: 0));
        Assert.Throws<ArgumentException>(() => Holm.Adjust([0.1, double.NaN]));
    }

    [Fact]
    public void SignFlipsOfFewPairsAreCounted()
    {
        // Of the 8 sums of +-1 +-2 +-3, only 6 and -6 are as far from zero.
        Assert.Equal(0.25, SignFlipTest.PValue([1, 2, 3], seed: 0));
        // 1 + 2 - 3 = 0: every pattern is as far.
        Assert.Equal(1, SignFlipTest.PValue([1, 2, -3], seed: 0));
        Assert.Equal(2 / 1024.0, SignFlipTest.PValue([.. Enumerable.Repeat(0.1, 10)], seed: 0));
        Assert.Equal(1, SignFlipTest.PValue([0, 0], seed: 0));
    }

    [Fact]
    public void SignFlipsOfManyPairsAreDrawn()
    {
        double[] sure = [.. Enumerable.Repeat(1.0, 30)], none = [.. Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? 1.0 : -1.0)];
        Assert.Equal(1 / 10001.0, SignFlipTest.PValue(sure, seed: 0), 12);
        Assert.Equal(1, SignFlipTest.PValue(none, seed: 0));
        // 20 heads of 30: two-sided binomial p = 0.0987.
        double[] some = [.. Enumerable.Range(0, 30).Select(i => i < 20 ? 1.0 : -1.0)];
        Assert.InRange(SignFlipTest.PValue(some, seed: 5), 0.0887, 0.1087);
    }

    [Fact]
    public void HolmMultipliesByWhatIsLeftAndNeverFalls()
    {
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.03, 0.04, 0.005]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1.0, 1.0], Holm.Adjust([0.6, 0.9]));
        Assert.Empty(Holm.Adjust([]));
    }

    [Fact]
    public void ADifferenceIsShownOnlyWhereIntervalAndTestAgree()
    {
        double[] a = [.. Enumerable.Range(0, 12).Select(i => 1 + (0.01 * i))], b = [.. Enumerable.Range(0, 12).Select(i => 0.5 + (0.012 * i))];
        PairedDifference difference = PairedDifference.Of(a, b, seed: 9);
        Assert.Equal(0.489, difference.Mean, 12);
        Assert.Equal(2 / 4096.0, difference.PValue);
        Assert.Equal(ShownDifference.Higher, difference.Shown());
        Assert.Equal(ShownDifference.Lower, PairedDifference.Of(b, a, seed: 9).Shown());
        Assert.Equal(ShownDifference.None, difference.Shown(adjustedPValue: 0.2));
        Assert.Equal(ShownDifference.None, PairedDifference.Of([1, 2], [0, 3], seed: 9).Shown());
        Assert.Equal(ShownDifference.None, PairedDifference.Of([1], [0], seed: 9).Shown());
    }
}
