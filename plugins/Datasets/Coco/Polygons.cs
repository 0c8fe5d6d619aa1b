namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Polygons as masks.</summary>
internal static class Polygons
{
    /// <summary>The pixels whose centers lie in any of the polygons (even-odd rule within each).</summary>
    /// <param name="polygons">Each x0, y0, x1, y1, ... with at least three corners.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    public static bool[] Fill(IReadOnlyList<double[]> polygons, int height, int width)
    {
        bool[] mask = new bool[height * width];
        foreach (double[] polygon in polygons)
        {
            if (polygon.Length < 6 || polygon.Length % 2 != 0) throw new FormatException("a polygon needs at least three corners, each of two numbers");
            for (int y = 0; y < height; y++) FillRow(mask.AsSpan(y * width, width), polygon, y + 0.5);
        }

        return mask;
    }

    private static void FillRow(Span<bool> row, double[] polygon, double y)
    {
        List<double> crossings = [];
        for (int i = 0, j = polygon.Length - 2; i < polygon.Length; j = i, i += 2)
        {
            (double x1, double y1, double x2, double y2) = (polygon[j], polygon[j + 1], polygon[i], polygon[i + 1]);
            if (y1 <= y != y2 <= y) crossings.Add(x1 + ((y - y1) / (y2 - y1) * (x2 - x1)));
        }

        crossings.Sort();
        for (int c = 0; c + 1 < crossings.Count; c += 2)
        {
            int from = (int)Math.Clamp(Math.Ceiling(crossings[c] - 0.5), 0, row.Length), to = (int)Math.Clamp(Math.Ceiling(crossings[c + 1] - 0.5), 0, row.Length);
            if (to > from) row[from..to].Fill(true);
        }
    }
}
