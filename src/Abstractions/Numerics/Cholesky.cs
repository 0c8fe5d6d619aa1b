using System.Numerics.Tensors;

namespace Pellucid.Abstractions.Numerics;

/// <summary>A symmetric positive definite matrix A as L L^T with L lower triangular (Cholesky), to solve A x = b. Immutable.</summary>
public sealed class Cholesky
{
    private readonly double[][] _lower;

    private Cholesky(double[][] lower) => _lower = lower;

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">The lower triangle with the diagonal: row n has n + 1 elements, more are not looked at. Overwritten.</param>
    /// <param name="smallestPivot">A pivot must be larger than this share of its diagonal element.</param>
    /// <param name="cancellationToken">Stops the work: thousands of rows take minutes.</param>
    /// <returns>The factor; null where the matrix is singular, or not positive definite.</returns>
    public static Cholesky? Factor(double[][] matrix, double smallestPivot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        for (int i = 0; i < matrix.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> row = matrix[i];
            for (int j = 0; j < i; j++) row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], matrix[j].AsSpan(0, j))) / matrix[j][j];
            double pivot = row[i] - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            if (!(pivot > smallestPivot * Math.Abs(row[i]))) return null;
            row[i] = Math.Sqrt(pivot);
        }

        return new Cholesky(matrix);
    }

    /// <summary>The x of A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        if (b.Length != _lower.Length) throw new ArgumentException($"{b.Length} values do not fit a matrix of {_lower.Length} rows", nameof(b));
        double[] x = b.ToArray();
        for (int i = 0; i < x.Length; i++) x[i] = (x[i] - TensorPrimitives.Dot<double>(_lower[i].AsSpan(0, i), x.AsSpan(0, i))) / _lower[i][i];
        for (int i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= _lower[i][i];
            TensorPrimitives.MultiplyAdd(_lower[i].AsSpan(0, i), -x[i], x.AsSpan(0, i), x.AsSpan(0, i));
        }

        return x;
    }
}
