using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// A grid of squares over an image, row by row. Where the side does not divide the image, the grid stands out on both sides, by half of what is missing (rounded down above and to the left).
/// </summary>
internal sealed class Patches
{
    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _side;
    private readonly int _columns;
    private readonly int _top;
    private readonly int _left;

    public Patches(ImageInput image, int side)
    {
        (_channels, _height, _width, _side) = ((int)image.Pixels.Shape[1], image.Size.Height, image.Size.Width, side);
        _columns = (_width + side - 1) / side;
        int rows = (_height + side - 1) / side;
        Count = rows * _columns;
        _top = ((rows * side) - _height) / 2;
        _left = ((_columns * side) - _width) / 2;
    }

    /// <summary>Number of squares.</summary>
    public int Count { get; }

    /// <summary>Places of a square's values in the image, C x H x W.</summary>
    public int[] Elements(int patch)
    {
        (int row, int column) = Math.DivRem(patch, _columns);
        return Elements((row * _side) - _top, (column * _side) - _left);
    }

    /// <summary>Places of the values of a square at any place, as far as it lies in the image.</summary>
    public int[] Elements(int top, int left)
    {
        List<int> places = [];
        for (int c = 0; c < _channels; c++)
        {
            for (int y = Math.Max(0, top); y < Math.Min(_height, top + _side); y++)
            {
                for (int x = Math.Max(0, left); x < Math.Min(_width, left + _side); x++) places.Add((((c * _height) + y) * _width) + x);
            }
        }

        return [.. places];
    }

    /// <summary>Sum of a map over a square, as far as it lies in the image.</summary>
    public double Sum(ReadOnlySpan<float> map, int patch)
    {
        double sum = 0;
        foreach (int place in Elements(patch))
        {
            if (place < map.Length) sum += map[place];
        }

        return sum;
    }

    /// <summary>
    /// Squares at any place, in the order of their sums, of those that do not overlap one chosen before; ties go to the last place. Outside the image the map counts 0.
    /// </summary>
    /// <param name="map">[H, W].</param>
    /// <param name="most">Largest number of squares.</param>
    /// <param name="descending">Largest sums first.</param>
    public (int Top, int Left)[] Greedy(ReadOnlySpan<float> map, int most, bool descending)
    {
        double[] sums = Sums(map);
        int[] order = [.. Enumerable.Range(0, sums.Length).OrderBy(i => sums[i])];
        if (descending) Array.Reverse(order);
        List<(int Top, int Left)> chosen = [];
        foreach (int place in order)
        {
            if (chosen.Count >= most) break;
            (int top, int left) = Math.DivRem(place, _width);
            if (chosen.TrueForAll(c => Math.Abs(c.Top - top) >= _side || Math.Abs(c.Left - left) >= _side)) chosen.Add((top, left));
        }

        return [.. chosen];
    }

    private double[] Sums(ReadOnlySpan<float> map)
    {
        // Cumulative sums: above and to the left of each pixel.
        double[] total = new double[(_height + 1) * (_width + 1)];
        for (int y = 0; y < _height; y++)
        {
            double row = 0;
            for (int x = 0; x < _width; x++)
            {
                row += map[(y * _width) + x];
                total[((y + 1) * (_width + 1)) + x + 1] = total[(y * (_width + 1)) + x + 1] + row;
            }
        }

        double[] sums = new double[_height * _width];
        for (int y = 0; y < _height; y++)
        {
            int bottom = Math.Min(_height, y + _side) * (_width + 1), upper = y * (_width + 1);
            for (int x = 0; x < _width; x++)
            {
                int right = Math.Min(_width, x + _side);
                sums[(y * _width) + x] = total[bottom + right] - total[bottom + x] - total[upper + right] + total[upper + x];
            }
        }

        return sums;
    }
}
