namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Solves symmetric positive definite systems by a Cholesky factor.</summary>
internal sealed class Cholesky
{
    private const double SmallestPivot = 1e-10;

    private readonly double[][] _lower;

    private Cholesky(double[][] lower) => _lower = lower;

    /// <summary>The factor; null where the matrix is singular: a pivot is not above 1e-10 of its diagonal element.</summary>
    /// <param name="gram">Lower triangle with diagonal, row n of n + 1 elements; overwritten.</param>
    public static Cholesky? Factor(double[][] gram)
    {
        for (int i = 0; i < gram.Length; i++)
        {
            double diagonal = gram[i][i];
            for (int j = 0; j <= i; j++)
            {
                double sum = gram[i][j];
                for (int m = 0; m < j; m++) sum -= gram[i][m] * gram[j][m];
                if (i != j)
                {
                    gram[i][j] = sum / gram[j][j];
                }
                else
                {
                    if (!(sum > SmallestPivot * diagonal) || diagonal == 0) return null;
                    gram[i][i] = Math.Sqrt(sum);
                }
            }
        }

        return new Cholesky(gram);
    }

    /// <summary>The solution for a right-hand side.</summary>
    /// <param name="x">The right-hand side; overwritten with the solution and returned.</param>
    public double[] Solve(double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++) x[i] -= _lower[i][j] * x[j];
            x[i] /= _lower[i][i];
        }

        for (int i = x.Length - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < x.Length; j++) x[i] -= _lower[j][i] * x[j];
            x[i] /= _lower[i][i];
        }

        return x;
    }
}
