namespace Pellucid.Abstractions.Images;

/// <summary>
/// Simple linear iterative clustering (Achanta et al. 2012, "SLIC superpixels compared to state-of-the-art superpixel methods", algorithm 1): k-means of color and
/// place in which a center looks only at twice its own size. Draws nothing: the same image gives the same regions.
/// </summary>
public sealed class Superpixels
{
    /// <summary>Rounds; the paper finds that more change nothing.</summary>
    private const int Rounds = 10;

    private readonly double[][] _colors;
    private readonly int _height;
    private readonly int _width;
    private readonly double _step;
    private readonly double _placeWeight;

    private Superpixels(double[][] colors, int height, int width, int segments, double compactness)
    {
        (_colors, _height, _width) = (colors, height, width);
        _step = Math.Max(1, Math.Sqrt((double)height * width / segments));
        _placeWeight = compactness * compactness / (_step * _step);
    }

    /// <summary>Cuts an image.</summary>
    /// <param name="colors">[height x width][channels], row by row, in a space where distances mean something.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="segments">About how many regions; at least 1.</param>
    /// <param name="compactness">Weight m of the place against the color.</param>
    /// <returns>The region of each pixel, from 0 in the order of their first pixels; each is connected.</returns>
    /// <exception cref="ArgumentException">There is not one color for each pixel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side or the number of regions is below 1, or compactness is not positive.</exception>
    public static int[] Of(double[][] colors, int height, int width, int segments, double compactness)
    {
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(segments, 1);
        if (!(compactness > 0)) throw new ArgumentOutOfRangeException(nameof(compactness), compactness, "the weight of the place is positive");
        if (colors.Length != (long)height * width) throw new ArgumentException($"{colors.Length} colors are not those of {height} x {width} pixels", nameof(colors));
        var slic = new Superpixels(colors, height, width, segments, compactness);
        return ConnectedRegions.Of(slic.Cluster(), height, width, (int)(slic._step * slic._step / 4));
    }

    private int[] Cluster()
    {
        List<Center> centers = Seeds();
        int[] labels = new int[_colors.Length];
        double[] nearest = new double[_colors.Length];
        for (int round = 0; round < Rounds; round++)
        {
            Array.Fill(nearest, double.PositiveInfinity);
            for (int k = 0; k < centers.Count; k++) Assign(centers[k], k, labels, nearest);
            Update(centers, labels);
        }

        return labels;
    }

    /// <summary>A regular grid; each center moves to the place of least color change among its neighbors, away from edges and noise.</summary>
    private List<Center> Seeds()
    {
        int rows = Math.Clamp((int)Math.Round(_height / _step), 1, _height), columns = Math.Clamp((int)Math.Round(_width / _step), 1, _width);
        List<Center> seeds = [];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                int row = (int)((r + 0.5) * _height / rows), column = (int)((c + 0.5) * _width / columns), bestRow = row, bestColumn = column;
                double least = double.PositiveInfinity;
                for (int y = Math.Max(0, row - 1); y <= Math.Min(_height - 1, row + 1); y++)
                {
                    for (int x = Math.Max(0, column - 1); x <= Math.Min(_width - 1, column + 1); x++)
                    {
                        double change = Distance(At(y, x - 1), At(y, x + 1)) + Distance(At(y - 1, x), At(y + 1, x));
                        if (change < least) (least, bestRow, bestColumn) = (change, y, x);
                    }
                }

                seeds.Add(new Center([.. At(bestRow, bestColumn)], bestRow, bestColumn));
            }
        }

        return seeds;
    }

    private void Assign(Center center, int k, int[] labels, double[] nearest)
    {
        int top = Math.Max(0, (int)Math.Ceiling(center.Row - _step)), bottom = Math.Min(_height - 1, (int)(center.Row + _step));
        int left = Math.Max(0, (int)Math.Ceiling(center.Column - _step)), right = Math.Min(_width - 1, (int)(center.Column + _step));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                int i = (y * _width) + x;
                double dy = y - center.Row, dx = x - center.Column;
                double distance = Distance(_colors[i], center.Color) + (_placeWeight * ((dy * dy) + (dx * dx)));
                if (distance >= nearest[i]) continue;
                (nearest[i], labels[i]) = (distance, k);
            }
        }
    }

    /// <summary>Moves each center to the mean of its pixels; one that has lost all stays.</summary>
    private void Update(List<Center> centers, int[] labels)
    {
        int[] counts = new int[centers.Count];
        Center[] sums = [.. centers.Select(c => new Center(new double[c.Color.Length], 0, 0))];
        for (int i = 0; i < labels.Length; i++)
        {
            Center sum = sums[labels[i]];
            counts[labels[i]]++;
            sum.Row += i / _width;
            sum.Column += i % _width;
            for (int c = 0; c < sum.Color.Length; c++) sum.Color[c] += _colors[i][c];
        }

        for (int k = 0; k < counts.Length; k++)
        {
            if (counts[k] == 0) continue;
            centers[k] = new Center([.. sums[k].Color.Select(v => v / counts[k])], sums[k].Row / counts[k], sums[k].Column / counts[k]);
        }
    }

    private double[] At(int y, int x) => _colors[(Math.Clamp(y, 0, _height - 1) * _width) + Math.Clamp(x, 0, _width - 1)];

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (int c = 0; c < a.Length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
        return sum;
    }

    private sealed class Center(double[] color, double row, double column)
    {
        public double[] Color { get; } = color;

        public double Row { get; set; } = row;

        public double Column { get; set; } = column;
    }
}
