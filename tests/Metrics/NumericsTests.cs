using Pellucid.Abstractions.Numerics;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class NumericsTests
{
    [Fact]
    public void SoftmaxIsTheFormula()
    {
        double sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(-1);
        double[] values = Softmax.Of<double>([1, 2, -1]);
        Assert.Equal(Math.Exp(1) / sum, values[0], 14);
        Assert.Equal(Math.Exp(2) / sum, values[1], 14);
        Assert.Equal(Math.Exp(-1) / sum, values[2], 14);
        Assert.Empty(Softmax.Of<double>([]));
    }

    [Fact]
    public void SoftmaxTakesLargeLogits()
    {
        Assert.Equal([0.5, 0.5, 0], Softmax.Of<double>([5000, 5000, -5000]));
        Assert.Equal([1, 0], Softmax.Of<float>([100, -100]).Select(v => MathF.Round(v, 6)));
    }

    [Fact]
    public void TiesGetTheirMeanRank()
    {
        Assert.Equal([4, 1.5, 1.5, 3], Correlation.Ranks<float>([9, -2, -2, 0]));
        Assert.Equal([1.5, 1.5], Correlation.Ranks<double>([0, -0.0]));
        Assert.Equal(Math.Sqrt(0.9), Correlation.Spearman<double>([1, 2, 2, 3], [1, 2, 3, 4]), 12);
    }

    [Fact]
    public void CorrelationsOfConstantSidesAreUndefined()
    {
        Assert.Equal(double.NaN, Correlation.Pearson([1, 2, 3], [0, 0, 0]));
        Assert.Equal(double.NaN, Correlation.Spearman<double>([1, 1, 1], [1, 2, 3]));
        Assert.Equal(double.NaN, Correlation.Pearson([1], [2]));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1, 2, 3]));
    }

    [Fact]
    public void CholeskySolvesTheSystem()
    {
        // A = [4 2 1; 2 5 3; 1 3 6], x = [1 -2 3].
        Cholesky factor = Cholesky.Factor([[4], [2, 5], [1, 3, 6]], 1e-12)!;
        Assert.Equal([1, -2, 3], factor.Solve([3, 1, 13]).Select(v => Math.Round(v, 12)));
        Assert.Throws<ArgumentException>(() => factor.Solve([1, 2]));
    }

    [Fact]
    public void SingularMatricesHaveNoFactor()
    {
        Assert.Null(Cholesky.Factor([[1], [2, 4]], 1e-12));
        Assert.Null(Cholesky.Factor([[0]], 1e-12));
        Assert.Null(Cholesky.Factor([[-1]], 1e-12));
        Assert.Null(Cholesky.Factor([[double.NaN]], 1e-12));
        double[][] near = [[1], [1, 1 + 1e-11]];
        Assert.Null(Cholesky.Factor([.. near.Select(r => r.ToArray())], 1e-10));
        Assert.NotNull(Cholesky.Factor(near, 1e-12));
        Assert.Throws<OperationCanceledException>(() => Cholesky.Factor([[1]], 1e-12, new CancellationToken(canceled: true)));
    }
}
