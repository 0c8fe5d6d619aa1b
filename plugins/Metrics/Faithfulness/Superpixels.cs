using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Superpixels by k-means over colors and places, each center searching near its place only (SLIC: Achanta et al. 2012, SLIC superpixels compared to state-of-the-art superpixel methods), in normalized
/// pixels. Nothing is drawn. Pixels of one superpixel need not be connected.
/// </summary>
internal static class Superpixels
{
    private const int Rounds = 10;

    /// <summary>Number of the superpixel of each pixel.</summary>
    /// <param name="image">The image.</param>
    /// <param name="count">How many, about.</param>
    /// <param name="compactness">Weight of places, in units of color.</param>
    public static int[] Of(ImageInput image, int count, double compactness)
    {
        int height = image.Size.Height, width = image.Size.Width, channels = (int)image.Pixels.Shape[1], area = height * width;
        float[] pixels = image.Pixels.Floats.ToArray();
        double spacing = Math.Max(1, Math.Sqrt((double)area / count));
        int rows = Math.Max(1, (int)Math.Round(height / spacing)), columns = Math.Max(1, (int)Math.Round(width / spacing));
        double[][] centers = [.. Enumerable.Range(0, rows * columns).Select(k => Center(k))];
        int[] labels = new int[area];
        for (int round = 0; round < Rounds; round++)
        {
            double[] nearest = new double[area];
            Array.Fill(nearest, double.PositiveInfinity);
            for (int k = 0; k < centers.Length; k++) Claim(centers[k], k, nearest);
            Move();
        }

        return labels;

        double[] Center(int k)
        {
            int y = (int)(((k / columns) + 0.5) * height / rows), x = (int)(((k % columns) + 0.5) * width / columns);
            return [y, x, .. Enumerable.Range(0, channels).Select(c => (double)pixels[(c * area) + (y * width) + x])];
        }

        void Claim(double[] center, int k, double[] nearest)
        {
            int reach = (int)Math.Ceiling(2 * spacing);
            for (int y = Math.Max(0, (int)center[0] - reach); y < Math.Min(height, (int)center[0] + reach + 1); y++)
            {
                for (int x = Math.Max(0, (int)center[1] - reach); x < Math.Min(width, (int)center[1] + reach + 1); x++)
                {
                    int place = (y * width) + x;
                    double dy = (y - center[0]) / spacing, dx = (x - center[1]) / spacing, distance = compactness * compactness * ((dy * dy) + (dx * dx));
                    for (int c = 0; c < channels; c++)
                    {
                        double d = pixels[(c * area) + place] - center[c + 2];
                        distance += d * d;
                    }

                    if (distance < nearest[place]) (nearest[place], labels[place]) = (distance, k);
                }
            }
        }

        void Move()
        {
            double[][] sums = [.. centers.Select(c => new double[c.Length])];
            int[] sizes = new int[centers.Length];
            for (int place = 0; place < area; place++)
            {
                double[] sum = sums[labels[place]];
                sizes[labels[place]]++;
                sum[0] += place / width;
                sum[1] += place % width;
                for (int c = 0; c < channels; c++) sum[c + 2] += pixels[(c * area) + place];
            }

            for (int k = 0; k < centers.Length; k++)
            {
                if (sizes[k] > 0) centers[k] = [.. sums[k].Select(s => s / sizes[k])];
            }
        }
    }
}
