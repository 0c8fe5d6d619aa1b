namespace Pellucid.Abstractions.Images;

/// <summary>Makes every region connected: pieces that are too small join a neighbor, all others become regions of their own.</summary>
public static class ConnectedRegions
{
    private static readonly (int Y, int X)[] Neighbors = [(0, -1), (-1, 0), (0, 1), (1, 0)];

    /// <summary>Numbers the connected pieces of equal labels.</summary>
    /// <param name="labels">Label of each pixel, row by row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="least">Pixels below which a piece joins the one left of or above its first pixel.</param>
    /// <returns>Region of each pixel, from 0 without gaps, in the order of their first pixels.</returns>
    /// <exception cref="ArgumentException">There is not one label for each pixel.</exception>
    public static int[] Of(int[] labels, int height, int width, int least)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != (long)height * width) throw new ArgumentException($"{labels.Length} labels are not those of {height} x {width} pixels", nameof(labels));
        int[] regions = new int[labels.Length];
        Array.Fill(regions, -1);
        List<int> piece = [];
        int count = 0;
        for (int start = 0; start < labels.Length; start++)
        {
            if (regions[start] >= 0) continue;
            Collect(labels, regions, start, count, height, width, piece);

            // The first piece has nothing before it: what is small there is joined by those that follow.
            int neighbor = start % width > 0 ? regions[start - 1] : start >= width ? regions[start - width] : -1;
            if (piece.Count >= least || neighbor < 0)
            {
                count++;
                continue;
            }

            foreach (int pixel in piece) regions[pixel] = neighbor;
        }

        return regions;
    }

    /// <summary>Gives a number to all pixels that hang together with one and have its label.</summary>
    private static void Collect(int[] labels, int[] regions, int start, int number, int height, int width, List<int> piece)
    {
        piece.Clear();
        piece.Add(start);
        regions[start] = number;
        for (int next = 0; next < piece.Count; next++)
        {
            foreach ((int dy, int dx) in Neighbors)
            {
                int y = (piece[next] / width) + dy, x = (piece[next] % width) + dx;
                if (y < 0 || y >= height || x < 0 || x >= width) continue;
                int pixel = (y * width) + x;
                if (regions[pixel] >= 0 || labels[pixel] != labels[start]) continue;
                regions[pixel] = number;
                piece.Add(pixel);
            }
        }
    }
}
