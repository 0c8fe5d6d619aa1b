using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>
/// Multinomial logistic regression on standardized embeddings: the weights W and biases b that make
/// -1/N sum log softmax(W x + b)_y + lambda/2 |W|^2 least; biases are not penalized. The function is convex and, with lambda above 0, its
/// weights are unique.
/// </summary>
public static class LogisticFit
{
    private const int Iterations = 2000;
    private const double Tolerance = 1e-8;

    /// <summary>Fits.</summary>
    /// <param name="embeddings">N rows of E.</param>
    /// <param name="labels">N classes, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="regularization">lambda, above 0.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">The search does not converge: lambda is too small.</exception>
    public static LinearFit Fit(IReadOnlyList<double[]> embeddings, IReadOnlyList<int> labels, int classes, double regularization, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(regularization, 0);
        var data = new FitData(embeddings);
        double[] found = Lbfgs.Minimize(
            new double[classes * (data.Width + 1)], (x, gradient) => Loss(data, labels, classes, regularization, x, gradient), Iterations, Tolerance, cancellationToken)
            ?? throw new PellucidException($"logistic regression did not converge in {Iterations} steps; give a larger --regularization than {regularization:G6}");
        double shift = Enumerable.Range(0, classes).Average(c => found[(c * (data.Width + 1)) + data.Width]);
        (double[] Weights, double Bias)[] fits = [.. Enumerable.Range(0, classes).Select(c =>
            data.Unfold(found.AsSpan(c * (data.Width + 1), data.Width), found[(c * (data.Width + 1)) + data.Width] - shift))];
        return new LinearFit([.. fits.Select(f => f.Weights)], [.. fits.Select(f => f.Bias)]);
    }

    /// <summary>The function that is minimized, of standardized rows, and its gradient.</summary>
    /// <param name="data">Rows.</param>
    /// <param name="labels">Classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="regularization">lambda.</param>
    /// <param name="x">For each class E weights and a bias.</param>
    /// <param name="gradient">Is overwritten.</param>
    internal static double Loss(FitData data, IReadOnlyList<int> labels, int classes, double regularization, double[] x, double[] gradient)
    {
        int width = data.Width, stride = width + 1, count = data.Rows.Length;
        double loss = 0;
        double[] logits = new double[classes];
        Array.Clear(gradient);
        for (int n = 0; n < count; n++)
        {
            double[] row = data.Rows[n];
            for (int c = 0; c < classes; c++) logits[c] = TensorPrimitives.Dot<double>(x.AsSpan(c * stride, width), row) + x[(c * stride) + width];
            double most = logits.Max(), sum = logits.Sum(l => Math.Exp(l - most)), log = most + Math.Log(sum);
            loss += (log - logits[labels[n]]) / count;
            for (int c = 0; c < classes; c++)
            {
                double slope = (Math.Exp(logits[c] - log) - (c == labels[n] ? 1 : 0)) / count;
                TensorPrimitives.MultiplyAdd(row, slope, gradient.AsSpan(c * stride, width), gradient.AsSpan(c * stride, width));
                gradient[(c * stride) + width] += slope;
            }
        }

        for (int c = 0; c < classes; c++)
        {
            Span<double> weights = x.AsSpan(c * stride, width), slopes = gradient.AsSpan(c * stride, width);
            loss += regularization / 2 * TensorPrimitives.Dot<double>(weights, weights);
            TensorPrimitives.MultiplyAdd(weights, regularization, slopes, slopes);
        }

        return loss;
    }
}
