using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>One random mask of RISE.</summary>
internal static class RiseMask
{
    /// <summary>
    /// A grid of cells, each 1 with a probability, else 0, enlarged linearly to one cell more than the image and cropped to it at a random place
    /// (Petsiuk et al. 2018, section 3.2). Half-pixel centers; indices beyond the border are mirrored about the edge sample, as the published code's
    /// resize does.
    /// </summary>
    /// <returns>[height * width], in [0, 1].</returns>
    public static float[] Draw(SeededRandom random, int cells, double probability, int height, int width)
    {
        float[] grid = new float[cells * cells];
        for (int i = 0; i < grid.Length; i++) grid[i] = random.NextUniform() < probability ? 1 : 0;
        int cellHeight = (height + cells - 1) / cells, cellWidth = (width + cells - 1) / cells;
        int top = random.NextInt(cellHeight), left = random.NextInt(cellWidth);
        (int Low, int High, float Share)[] columns = [.. Enumerable.Range(left, width).Select(x => Sample(x, cells, (cells + 1) * cellWidth))];
        float[] mask = new float[height * width];
        for (int y = 0; y < height; y++)
        {
            (int low, int high, float share) = Sample(top + y, cells, (cells + 1) * cellHeight);
            ReadOnlySpan<float> above = grid.AsSpan(low * cells, cells), below = grid.AsSpan(high * cells, cells);
            for (int x = 0; x < width; x++)
            {
                (int west, int east, float part) = columns[x];
                float a = above[west] + (part * (above[east] - above[west])), b = below[west] + (part * (below[east] - below[west]));
                mask[(y * width) + x] = a + (share * (b - a));
            }
        }

        return mask;
    }

    /// <summary>The two samples that a place of the enlarged axis lies between, and the share of the second.</summary>
    private static (int Low, int High, float Share) Sample(int place, int cells, int length)
    {
        double source = ((place + 0.5) * cells / length) - 0.5;
        int low = (int)Math.Floor(source);
        return (Mirror(low, cells), Mirror(low + 1, cells), (float)(source - low));
    }

    private static int Mirror(int index, int cells) => index < 0 ? -index : index >= cells ? (2 * (cells - 1)) - index : index;
}
