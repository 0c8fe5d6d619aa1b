using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// Weighted linear regression with an intercept on choices of regions: rows are centered by their weighted mean and scaled by the root of their
/// weight, normalized to a mean of 1, so that the intercept drops out.
/// </summary>
internal sealed class WeightedLeastSquares
{
    /// <summary>Below this share of its diagonal element a pivot is rounding error.</summary>
    public const double SmallestPivot = 1e-10;

    private readonly double[][] _columns;
    private readonly double[] _rootWeights;
    private readonly double[] _weights;

    /// <summary>Prepares the rows.</summary>
    /// <param name="shown">Choices of regions, [N][F].</param>
    /// <param name="weights">Weight of each, 0 or more.</param>
    public WeightedLeastSquares(IReadOnlyList<bool[]> shown, IReadOnlyList<double> weights)
    {
        double total = weights.Sum();
        if (!(total > 0)) throw new PellucidException("every sample has weight 0, so there is nothing to fit; set a larger kernel width");
        _weights = [.. weights.Select(w => w / total)];
        _rootWeights = [.. _weights.Select(w => Math.Sqrt(w * weights.Count))];
        _columns = [.. Enumerable.Range(0, shown[0].Length).Select(f => Scaled([.. shown.Select(row => row[f] ? 1.0 : 0.0)]))];
    }

    /// <summary>Coefficients with the least sum of weighted squared residuals, for each right-hand side.</summary>
    /// <param name="scores">[N][K].</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[K][F].</returns>
    /// <exception cref="PellucidException">The samples do not determine the coefficients.</exception>
    public double[][] Solve(float[][] scores, CancellationToken cancellationToken)
    {
        Cholesky factor = Factor(cancellationToken);
        return [.. Enumerable.Range(0, scores[0].Length).Select(k =>
        {
            double[] rightHandSide = RightHandSide(scores, k);
            return factor.Solve([.. _columns.Select(c => Dot(c, rightHandSide))]);
        })];
    }

    /// <summary>
    /// Coefficients b with the least (1/2) mean weighted squared residual + alpha |b|_1, for each right-hand side, by cyclic coordinate
    /// descent (Friedman, Hastie, Tibshirani 2010, section 2.2).
    /// </summary>
    /// <param name="scores">[N][K].</param>
    /// <param name="alpha">Penalty.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[K][F].</returns>
    public double[][] SolveLasso(float[][] scores, double alpha, CancellationToken cancellationToken) =>
        [.. Enumerable.Range(0, scores[0].Length).Select(k => Descend(RightHandSide(scores, k), alpha * scores.Length, cancellationToken))];

    private double[] RightHandSide(float[][] scores, int k) => Scaled([.. scores.Select(s => (double)s[k])]);

    private double[] Scaled(double[] values)
    {
        double mean = 0;
        for (int i = 0; i < values.Length; i++) mean += _weights[i] * values[i];
        for (int i = 0; i < values.Length; i++) values[i] = (values[i] - mean) * _rootWeights[i];
        return values;
    }

    /// <summary>The normal equations.</summary>
    private Cholesky Factor(CancellationToken cancellationToken)
    {
        int n = _columns.Length;
        double[][] gram = new double[n][];
        for (int i = 0; i < n; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            gram[i] = [.. Enumerable.Range(0, i + 1).Select(j => Dot(_columns[i], _columns[j]))];
        }

        return Cholesky.Factor(gram, SmallestPivot, cancellationToken)
            ?? throw new PellucidException($"{_rootWeights.Length} samples do not determine the values of {n} regions; set more samples (several times the number of regions) or a larger patch (fewer segments)");
    }

    private double[] Descend(double[] residual, double penalty, CancellationToken cancellationToken)
    {
        const int MaxSweeps = 100000;
        const double Settled = 1e-9;
        double[] b = new double[_columns.Length], norms = [.. _columns.Select(c => Dot(c, c))];
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double largest = 0, change = 0;
            for (int f = 0; f < b.Length; f++)
            {
                // A region that all samples show, or none: nothing can be said of it.
                if (norms[f] == 0) continue;
                double old = b[f], correlation = Dot(_columns[f], residual) + (norms[f] * old);
                b[f] = Math.Sign(correlation) * Math.Max(Math.Abs(correlation) - penalty, 0) / norms[f];
                double step = b[f] - old;
                if (step != 0)
                {
                    for (int i = 0; i < residual.Length; i++) residual[i] -= step * _columns[f][i];
                }

                change = Math.Max(change, Math.Abs(step));
                largest = Math.Max(largest, Math.Abs(b[f]));
            }

            if (change <= Settled * largest) return b;
        }

        throw new PellucidException($"the lasso regression did not settle in {MaxSweeps} sweeps; set a larger alpha or more samples");
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
