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
}
