namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>Some pixels of an image.</summary>
internal sealed class PixelSet
{
    private readonly int _height;
    private readonly int _width;
    private readonly int[] _number;
    private readonly (int Y, int X)[] _points;

    /// <summary>Makes a set.</summary>
    /// <param name="chosen">Whether each pixel belongs to it, row-major.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="width">Width of the image.</param>
    public PixelSet(bool[] chosen, int height, int width)
    {
        (_height, _width) = (height, width);
        _number = new int[chosen.Length];
        List<(int, int)> points = [];
        for (int i = 0; i < chosen.Length; i++)
        {
            _number[i] = chosen[i] ? points.Count : -1;
            if (chosen[i]) points.Add((i / width, i % width));
        }

        _points = [.. points];
    }

    /// <summary>Number of pixels.</summary>
    public int Count => _points.Length;

    /// <summary>Area of the convex hull of the pixels' centers (Andrew 1979, monotone chain); 0 where they lie on a line.</summary>
    public double HullArea()
    {
        // Points are in order of rows, then columns.
        List<(long Y, long X)> hull = [];
        foreach (bool back in (bool[])[false, true])
        {
            int start = hull.Count;
            for (int i = 0; i < _points.Length; i++)
            {
                (long y, long x) = _points[back ? _points.Length - 1 - i : i];
                while (hull.Count >= start + 2 && Cross(hull[^2], hull[^1], (y, x)) <= 0) hull.RemoveAt(hull.Count - 1);
                hull.Add((y, x));
            }

            hull.RemoveAt(hull.Count - 1);
        }

        long twice = 0;
        for (int i = 0; i < hull.Count; i++)
        {
            ((long y, long x), (long nextY, long nextX)) = (hull[i], hull[(i + 1) % hull.Count]);
            twice += (y * nextX) - (nextY * x);
        }

        return Math.Abs(twice) / 2.0;
    }

    /// <summary>
    /// Length of the minimum spanning forest (Kruskal 1956) of the graph that joins each pixel with its nearest neighbors in the set; ties by row and column.
    /// </summary>
    /// <param name="neighbors">Neighbors of a pixel.</param>
    /// <param name="connect">Whether neighbors are added until all pixels hang together.</param>
    public double SpanningLength(int neighbors, bool connect)
    {
        (int Dy, int Dx, int Square)[] offsets = Offsets();
        for (int k = Math.Min(neighbors, Count - 1); ; k++)
        {
            (double length, int parts) = Forest(offsets, k);
            if (parts == 1 || !connect || k >= Count - 1) return length;
        }
    }

    private static long Cross((long Y, long X) o, (long Y, long X) a, (long Y, long X) b) => ((a.Y - o.Y) * (b.X - o.X)) - ((a.X - o.X) * (b.Y - o.Y));

    /// <summary>All distances between pixels, nearest first.</summary>
    private (int Dy, int Dx, int Square)[] Offsets() =>
        [.. from dy in Enumerable.Range(1 - _height, (2 * _height) - 1)
            from dx in Enumerable.Range(1 - _width, (2 * _width) - 1)
            where dy != 0 || dx != 0
            let square = (dy * dy) + (dx * dx)
            orderby square
            select (dy, dx, square)];

    private (double Length, int Parts) Forest((int Dy, int Dx, int Square)[] offsets, int neighbors)
    {
        List<(int Square, int A, int B)> edges = [];
        for (int i = 0; i < _points.Length; i++)
        {
            int found = 0;
            foreach ((int dy, int dx, int square) in offsets)
            {
                (int y, int x) = (_points[i].Y + dy, _points[i].X + dx);
                if ((uint)y >= (uint)_height || (uint)x >= (uint)_width || _number[(y * _width) + x] < 0) continue;
                edges.Add((square, i, _number[(y * _width) + x]));
                if (++found == neighbors) break;
            }
        }

        int[] root = [.. Enumerable.Range(0, _points.Length)];
        int Find(int i)
        {
            while (root[i] != i) i = root[i] = root[root[i]];
            return i;
        }

        double length = 0;
        int parts = _points.Length;
        foreach ((int square, int a, int b) in edges.OrderBy(e => e.Square))
        {
            (int p, int q) = (Find(a), Find(b));
            if (p == q) continue;
            (root[p], length, parts) = (q, length + Math.Sqrt(square), parts - 1);
        }

        return (length, parts);
    }
}
