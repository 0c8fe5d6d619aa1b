using System.Numerics.Tensors;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>
/// Ridge regression (Hoerl and Kennard 1970) on standardized embeddings: the weights w and bias b that make
/// 1/N sum (y - b - w x)^2 + lambda |w|^2 least, in closed form.
/// </summary>
public static class RidgeFit
{
    private const double SmallestPivot = 1e-12;

    /// <summary>Fits.</summary>
    /// <param name="embeddings">N rows of E.</param>
    /// <param name="values">N rows of one value an output.</param>
    /// <param name="regularization">lambda, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">The weights are not determined: lambda is 0 (or too small) and dimensions depend on each other.</exception>
    public static LinearFit Fit(IReadOnlyList<double[]> embeddings, IReadOnlyList<double[]> values, double regularization, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(values);
        var data = new FitData(embeddings);
        int width = data.Width, outputs = values[0].Length, count = embeddings.Count;
        double[][] gram = [.. Enumerable.Range(0, width).Select(_ => new double[width])];
        double[][] right = [.. Enumerable.Range(0, outputs).Select(_ => new double[width])];
        double[] means = [.. Enumerable.Range(0, outputs).Select(o => values.Average(v => v[o]))];
        for (int n = 0; n < count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] row = data.Rows[n];
            for (int i = 0; i < width; i++) TensorPrimitives.MultiplyAdd(row.AsSpan(0, i + 1), row[i] / count, gram[i].AsSpan(0, i + 1), gram[i].AsSpan(0, i + 1));
            for (int o = 0; o < outputs; o++) TensorPrimitives.MultiplyAdd(row, (values[n][o] - means[o]) / count, right[o], right[o]);
        }

        for (int i = 0; i < width; i++) gram[i][i] += double.IsInfinity(data.Deviations[i]) ? 1 : regularization;
        Cholesky factor = Cholesky.Factor(gram, SmallestPivot, cancellationToken)
            ?? throw new PellucidException("ridge regression: dimensions of the embeddings depend on each other, so the weights are not determined; give a larger --regularization");
        (double[] Weights, double Bias)[] fits = [.. right.Select((r, o) => data.Unfold(factor.Solve(r), means[o]))];
        return new LinearFit([.. fits.Select(f => f.Weights)], [.. fits.Select(f => f.Bias)]);
    }
}
