using Pellucid.Plugins.CaptumStyle.Perturbation;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>Fits over many regions take minutes: they hear of a cancellation.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void A_fit_of_many_regions_can_be_stopped()
    {
        bool[][] shown = [.. Enumerable.Range(0, 400).Select(n => Enumerable.Range(0, 100).Select(f => ((n * 31) + (f * 17) + (n * f)) % 7 < 3).ToArray())];
        var regression = new WeightedLeastSquares(shown, [.. shown.Select(_ => 1.0)]);
        float[][] scores = [.. shown.Select(row => new[] { (float)row.Count(v => v) })];
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => regression.Solve(scores, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => regression.SolveLasso(scores, 0.1, cancelled.Token));
    }
}
