using System.Numerics.Tensors;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>Embeddings as rows of doubles, centered and scaled by the mean and standard deviation of each dimension.</summary>
/// <remarks>A dimension that does not vary is 0 everywhere, so that it gets the weight 0.</remarks>
internal sealed class FitData
{
    /// <summary>Standardizes rows.</summary>
    /// <param name="rows">N rows of E.</param>
    public FitData(IReadOnlyList<double[]> rows)
    {
        Width = rows[0].Length;
        Means = new double[Width];
        Deviations = new double[Width];
        foreach (double[] row in rows) TensorPrimitives.Add(Means, row, Means);
        TensorPrimitives.Divide(Means, rows.Count, Means);
        Rows = [.. rows.Select(r => r.ToArray())];
        foreach (double[] row in Rows)
        {
            TensorPrimitives.Subtract(row, Means, row);
            TensorPrimitives.MultiplyAdd(row, row, Deviations, Deviations);
        }

        for (int i = 0; i < Width; i++)
        {
            double deviation = Math.Sqrt(Deviations[i] / rows.Count);

            // Rounding of equal numbers is no variation.
            Deviations[i] = deviation > 1e-7 * (1e-30 + Math.Abs(Means[i])) ? deviation : double.PositiveInfinity;
        }

        foreach (double[] row in Rows) TensorPrimitives.Divide(row, Deviations, row);
    }

    public int Width { get; }

    public double[][] Rows { get; }

    public double[] Means { get; }

    public double[] Deviations { get; }

    /// <summary>The same affine function of embeddings as they are: w' = w / deviation, b' = b - sum of w' mean.</summary>
    public (double[] Weights, double Bias) Unfold(ReadOnlySpan<double> weights, double bias)
    {
        double[] own = new double[Width];
        TensorPrimitives.Divide(weights, Deviations, own);
        return (own, bias - TensorPrimitives.Dot<double>(own, Means));
    }
}
