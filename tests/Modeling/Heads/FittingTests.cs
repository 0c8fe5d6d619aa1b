using System.Numerics.Tensors;
using Pellucid.Graphs;
using Pellucid.Modeling.Heads.Fitting;

namespace Pellucid.Modeling.Tests.Heads;

/// <summary>Fits are the minimum of the function that they are said to minimize.</summary>
public sealed class FittingTests
{
    private const int Width = 4;

    [Fact]
    public void Ridge_in_one_dimension_is_the_closed_form()
    {
        // x = -1, 0, 1, 2 has mean 0.5 and variance 1.25; z = (x - 0.5) / sd; w = mean(z y) / (1 + lambda).
        double[][] x = [[-1], [0], [1], [2]], y = [[1], [3], [4], [9]];
        const double Lambda = 0.5;
        double deviation = Math.Sqrt(1.25), slope = ((-1.5 * 1) + (-0.5 * 3) + (0.5 * 4) + (1.5 * 9)) / 4 / deviation / (1 + Lambda) / deviation;
        LinearFit fit = RidgeFit.Fit(x, y, Lambda, Stop);
        Assert.Equal(slope, fit.Weights[0][0], 1e-12);
        Assert.Equal(4.25 - (0.5 * slope), fit.Biases[0], 1e-12);
    }

    [Fact]
    public void Ridge_without_penalty_finds_the_line_that_the_values_lie_on()
    {
        double[][] x = Rows(20);
        double[] truth = [1.5, -2, 0.25, 3];
        LinearFit fit = RidgeFit.Fit(x, [.. x.Select(r => new[] { TensorPrimitives.Dot<double>(r, truth) - 7, r[2] })], 0, Stop);
        for (int i = 0; i < Width; i++) Assert.Equal(truth[i], fit.Weights[0][i], 1e-9);
        Assert.Equal(-7, fit.Biases[0], 1e-9);
        Assert.Equal(1, fit.Weights[1][2], 1e-9);
        Assert.Equal(x[3][2], fit.Predict(x[3])[1], 1e-9);
    }

    [Fact]
    public void No_neighbour_of_a_ridge_fit_is_better()
    {
        double[][] x = Rows(15);
        double[] y = [.. x.Select((r, n) => Math.Sin(n) + r[0])];
        const double Lambda = 0.3;
        LinearFit fit = RidgeFit.Fit(x, [.. y.Select(v => new[] { v })], Lambda, Stop);
        var data = new FitData(x);
        double Loss(double[] own, double bias)
        {
            double[] scaled = [.. own.Select((w, i) => w * data.Deviations[i])];
            return x.Select((r, n) => Math.Pow(y[n] - bias - TensorPrimitives.Dot<double>(r, own), 2)).Average() + (Lambda * TensorPrimitives.Dot<double>(scaled, scaled));
        }

        double least = Loss(fit.Weights[0], fit.Biases[0]);
        for (int i = 0; i <= Width; i++)
        {
            foreach (double step in new[] { -1e-3, 1e-3 })
            {
                double[] moved = [.. fit.Weights[0]];
                if (i < Width) moved[i] += step;
                Assert.True(Loss(moved, fit.Biases[0] + (i == Width ? step : 0)) > least);
            }
        }
    }

    [Fact]
    public void Dimensions_that_do_not_vary_get_no_weight_and_those_that_repeat_need_a_penalty()
    {
        double[][] x = [.. Rows(12).Select(r => new[] { r[0], 5, r[1], r[0] })];
        double[][] y = [.. x.Select(r => new[] { r[0] + r[2] })];
        PellucidException refusal = Assert.Throws<PellucidException>(() => RidgeFit.Fit(x, y, 0, Stop));
        Assert.Contains("--regularization", refusal.Message, StringComparison.Ordinal);
        LinearFit fit = RidgeFit.Fit(x, y, 1e-6, Stop);
        Assert.Equal(0, fit.Weights[0][1]);
        Assert.Equal(fit.Weights[0][0], fit.Weights[0][3], 1e-6);
    }

    [Theory]
    [InlineData(2, 0.01)]
    [InlineData(3, 0.001)]
    [InlineData(4, 1)]
    public void The_gradient_of_a_logistic_fit_is_zero(int classes, double lambda)
    {
        double[][] x = Rows(30);
        int[] labels = [.. x.Select((r, n) => (int)(Math.Abs(r[0] * 10) + n) % classes)];
        LinearFit fit = LogisticFit.Fit(x, labels, classes, lambda, Stop);
        var data = new FitData(x);
        double[] point = new double[classes * (Width + 1)], gradient = new double[point.Length];
        for (int c = 0; c < classes; c++)
        {
            for (int i = 0; i < Width; i++) point[(c * (Width + 1)) + i] = fit.Weights[c][i] * data.Deviations[i];
            point[(c * (Width + 1)) + Width] = fit.Biases[c] + TensorPrimitives.Dot<double>(fit.Weights[c], data.Means);
        }

        LogisticFit.Loss(data, labels, classes, lambda, point, gradient);
        Assert.True(Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient)) < 2e-8, $"largest slope {TensorPrimitives.MaxMagnitude<double>(gradient)}");
        Assert.True(TensorPrimitives.Norm<double>(point) > 1e-3);
    }

    [Fact]
    public void The_loss_has_the_slopes_that_it_says()
    {
        double[][] x = Rows(9);
        int[] labels = [0, 1, 2, 0, 1, 2, 0, 0, 1];
        var data = new FitData(x);
        double[] point = [.. Enumerable.Range(0, 3 * (Width + 1)).Select(i => Math.Sin(i))], gradient = new double[point.Length], ignored = new double[point.Length];
        LogisticFit.Loss(data, labels, 3, 0.2, point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope = (LogisticFit.Loss(data, labels, 3, 0.2, up, ignored) - LogisticFit.Loss(data, labels, 3, 0.2, down, ignored)) / 2e-5;
            Assert.Equal(slope, gradient[i], 1e-8);
        }
    }

    [Fact]
    public void Classes_that_can_be_told_apart_are()
    {
        double[][] x = Rows(40);
        int[] labels = [.. x.Select(r => r[1] > 0 ? 1 : 0)];
        LinearFit fit = LogisticFit.Fit(x, labels, 2, 1e-4, Stop);
        for (int n = 0; n < x.Length; n++)
        {
            double[] logits = fit.Predict(x[n]);
            Assert.Equal(labels[n], logits[1] > logits[0] ? 1 : 0);
        }
    }

    [Fact]
    public void Folds_share_each_class_evenly_and_a_row_is_predicted_without_itself()
    {
        int[] labels = [.. Enumerable.Range(0, 23).Select(n => n % 3 == 0 ? 1 : 0)];
        int[] fold = CrossValidation.Folds(labels, 4);
        Assert.Equal(fold, CrossValidation.Folds(labels, 4));
        foreach (int label in new[] { 0, 1 })
        {
            int[] sizes = [.. Enumerable.Range(0, 4).Select(f => fold.Where((g, n) => g == f && labels[n] == label).Count())];
            Assert.True(sizes.Max() - sizes.Min() <= 1);
        }

        double[][] x = Rows(23);
        double[][] predictions = CrossValidation.Predict(x, fold, chosen =>
        {
            Assert.Equal(3, chosen.Select(n => fold[n]).Distinct().Count());
            return new LinearFit([new double[Width]], [chosen.Length]);
        });
        for (int n = 0; n < 23; n++) Assert.Equal(23 - fold.Count(f => f == fold[n]), predictions[n][0]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static double[][] Rows(int count)
    {
        var random = new Random(6);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Width).Select(i => ((random.NextDouble() * 2) - 1) * (i + 1)).ToArray())];
    }
}
