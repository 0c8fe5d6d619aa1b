using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Position embeddings for other grids than the native one.</summary>
public static class PositionEmbeddings
{
    // The kernel of PyTorch's bicubic interpolation (Keys 1981 with a = -0.75).
    private const double A = -0.75;

    /// <summary>Positions for a patch grid with the class embedding added to row 0: [1 + rows * columns, D].</summary>
    public static HostTensor WithClassToken(VisionTransformerWeights w, int rows, int columns)
    {
        HostTensor native = w.Positions.Read().ToFloat32();
        int width = (int)native.Shape[1], side = w.NativeGrid;
        float[] result = new float[(1 + (rows * columns)) * width];
        ReadOnlySpan<float> source = native.Floats;
        ReadOnlySpan<float> classToken = w.ClassEmbedding.Read().ToFloat32().Floats;
        for (int d = 0; d < width; d++) result[d] = source[d] + classToken[d];
        ReadOnlySpan<float> grid = source[width..];
        if (rows == side && columns == side) grid.CopyTo(result.AsSpan(width));
        else Interpolate(grid, side, width, rows, columns, result.AsSpan(width));
        return HostTensor.Of(result, 1 + (rows * columns), width);
    }

    /// <summary>
    /// Bicubic, half-pixel centers (align_corners = false), edges repeated, no antialiasing: what the published code
    /// does for CLIP images of other sizes (Grad-ECLIP, imgprocess_keepsize).
    /// </summary>
    /// <param name="source">[side, side, width].</param>
    /// <param name="side">Native grid side.</param>
    /// <param name="width">Channels.</param>
    /// <param name="rows">Rows of the new grid.</param>
    /// <param name="columns">Columns of the new grid.</param>
    /// <param name="target">[rows, columns, width].</param>
    public static void Interpolate(ReadOnlySpan<float> source, int side, int width, int rows, int columns, Span<float> target)
    {
        for (int r = 0; r < rows; r++)
        {
            (int y0, double[] wy) = Taps(r, rows, side);
            for (int c = 0; c < columns; c++)
            {
                (int x0, double[] wx) = Taps(c, columns, side);
                Span<float> cell = target.Slice(((r * columns) + c) * width, width);
                for (int d = 0; d < width; d++)
                {
                    double sum = 0;
                    for (int i = 0; i < 4; i++)
                    {
                        int y = Math.Clamp(y0 + i, 0, side - 1);
                        double line = 0;
                        for (int j = 0; j < 4; j++) line += wx[j] * source[(((y * side) + Math.Clamp(x0 + j, 0, side - 1)) * width) + d];
                        sum += wy[i] * line;
                    }

                    cell[d] = (float)sum;
                }
            }
        }
    }

    private static (int First, double[] Weights) Taps(int index, int size, int side)
    {
        double center = ((index + 0.5) * side / size) - 0.5;
        int floor = (int)Math.Floor(center);
        double t = center - floor;
        return (floor - 1, [Far(t + 1), Near(t), Near(1 - t), Far(2 - t)]);
    }

    private static double Near(double x) => ((((A + 2) * x) - (A + 3)) * x * x) + 1;

    private static double Far(double x) => (((((x - 5) * x) + 8) * x) - 4) * A;
}
