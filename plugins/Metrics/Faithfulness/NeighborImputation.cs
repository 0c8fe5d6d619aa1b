namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Replaces pixels by the solution of a linear system in which each is the weighted mean of its eight neighbors, 1/6 for direct and 1/12 for diagonal ones; what lies outside the image does not count
/// (Rong et al. 2022, section 4.2). The system is symmetric and positive definite; conjugate gradients solve it.
/// </summary>
internal static class NeighborImputation
{
    private const double Tolerance = 1e-7;
    private const int MostRounds = 5000;
    private static readonly (int Y, int X, double Weight)[] Neighbors =
    [
        (0, 1, 1 / 6.0), (0, -1, 1 / 6.0), (1, 0, 1 / 6.0), (-1, 0, 1 / 6.0),
        (1, -1, 1 / 12.0), (-1, 1, 1 / 12.0), (1, 1, 1 / 12.0), (-1, -1, 1 / 12.0),
    ];

    /// <summary>Replaces pixels in all channels.</summary>
    /// <param name="image">C x H x W values.</param>
    /// <param name="shape">Shape of the image.</param>
    /// <param name="removed">Places of the pixels; at least one pixel of the image must stay.</param>
    public static void Fill(float[] image, ImageShape shape, int[] removed)
    {
        if (removed.Length == 0) return;
        int[] unknown = new int[shape.Area];
        Array.Fill(unknown, -1);
        for (int k = 0; k < removed.Length; k++) unknown[removed[k]] = k;
        int[] links = new int[removed.Length * Neighbors.Length];
        double[] diagonal = new double[removed.Length];
        for (int k = 0; k < removed.Length; k++)
        {
            (int y, int x) = Math.DivRem(removed[k], shape.Width);
            for (int n = 0; n < Neighbors.Length; n++)
            {
                int toY = y + Neighbors[n].Y, toX = x + Neighbors[n].X;
                bool inside = toY >= 0 && toY < shape.Height && toX >= 0 && toX < shape.Width;
                links[(k * Neighbors.Length) + n] = inside ? (toY * shape.Width) + toX : -1;
                if (inside) diagonal[k] += Neighbors[n].Weight;
            }
        }

        for (int c = 0; c < shape.Channels; c++)
        {
            Span<float> channel = image.AsSpan(c * shape.Area, shape.Area);
            double[] known = new double[removed.Length];
            for (int i = 0; i < links.Length; i++)
            {
                if (links[i] >= 0 && unknown[links[i]] < 0) known[i / Neighbors.Length] += Neighbors[i % Neighbors.Length].Weight * channel[links[i]];
            }

            double[] solution = Solve(links, diagonal, unknown, known);
            for (int k = 0; k < removed.Length; k++) channel[removed[k]] = (float)solution[k];
        }
    }

    private static double[] Solve(int[] links, double[] diagonal, int[] unknown, double[] right)
    {
        int count = right.Length;
        double[] x = new double[count], residual = (double[])right.Clone(), preconditioned = new double[count], direction = new double[count], image = new double[count];
        double start = Math.Sqrt(Dot(right, right)), product = 0;
        for (int round = 0; round < MostRounds && Math.Sqrt(Dot(residual, residual)) > Tolerance * start; round++)
        {
            for (int i = 0; i < count; i++) preconditioned[i] = residual[i] / diagonal[i];
            double next = Dot(residual, preconditioned), along = round == 0 ? 0 : next / product;
            product = next;
            for (int i = 0; i < count; i++) direction[i] = preconditioned[i] + (along * direction[i]);
            Multiply(links, diagonal, unknown, direction, image);
            double step = product / Dot(direction, image);
            for (int i = 0; i < count; i++)
            {
                x[i] += step * direction[i];
                residual[i] -= step * image[i];
            }
        }

        return x;
    }

    private static void Multiply(int[] links, double[] diagonal, int[] unknown, double[] vector, double[] result)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            double sum = diagonal[k] * vector[k];
            for (int n = 0; n < Neighbors.Length; n++)
            {
                int link = links[(k * Neighbors.Length) + n];
                if (link >= 0 && unknown[link] >= 0) sum -= Neighbors[n].Weight * vector[unknown[link]];
            }

            result[k] = sum;
        }
    }

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);
}
