using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>Solves symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L with L L^T = A.</summary>
    /// <exception cref="PellucidException">A is singular; the message is <paramref name="singular"/>.</exception>
    public static void Factor(double[][] a, string singular)
    {
        for (int j = 0; j < a.Length; j++)
        {
            double own = a[j][j], pivot = own - TensorPrimitives.Dot<double>(a[j].AsSpan(0, j), a[j].AsSpan(0, j));
            if (!(pivot > 1e-12 * own)) throw new PellucidException(singular);
            a[j][j] = Math.Sqrt(pivot);
            for (int i = j + 1; i < a.Length; i++)
                a[i][j] = (a[i][j] - TensorPrimitives.Dot<double>(a[i].AsSpan(0, j), a[j].AsSpan(0, j))) / a[j][j];
        }
    }

    /// <summary>The x of L L^T x = b.</summary>
    public static double[] Solve(double[][] l, double[] b)
    {
        double[] x = [.. b];
        for (int i = 0; i < x.Length; i++) x[i] = (x[i] - TensorPrimitives.Dot<double>(l[i].AsSpan(0, i), x.AsSpan(0, i))) / l[i][i];
        for (int i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= l[i][i];
            TensorPrimitives.MultiplyAdd(l[i].AsSpan(0, i), -x[i], x.AsSpan(0, i), x.AsSpan(0, i));
        }

        return x;
    }
}
