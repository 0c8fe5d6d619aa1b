using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Interactions;

/// <summary>
/// Cells of an image and words of a text as one row of players, 0 to cells - 1 and then the words, with the interaction of each cell with each word:
/// the sum of the word's map in the cell.
/// </summary>
internal sealed class CellsAndWords
{
    private readonly double[][] _interactions;
    private readonly int[] _cellOf;

    /// <summary>Cuts the image of an item.</summary>
    /// <param name="item">The item; it has maps of words.</param>
    /// <param name="side">Cells along each side, no more than pixels.</param>
    public CellsAndWords(MeasuredItem item, int side)
    {
        ImageSize size = item.Image.Size;
        HostTensor maps = item.WordMaps!;
        int rows = Math.Min(side, size.Height), columns = Math.Min(side, size.Width), height = (int)maps.Shape[1], width = (int)maps.Shape[2];
        Cells = rows * columns;
        Words = (int)maps.Shape[0];
        _cellOf = new int[size.Height * size.Width];
        _interactions = [.. Enumerable.Range(0, Cells).Select(_ => new double[Words])];
        for (int i = 0; i < _cellOf.Length; i++)
        {
            int y = i / size.Width, x = i % size.Width;
            _cellOf[i] = (y * rows / size.Height * columns) + (x * columns / size.Width);
            int at = (y * height / size.Height * width) + (x * width / size.Width);
            for (int w = 0; w < Words; w++) _interactions[_cellOf[i]][w] += maps.Floats[(w * height * width) + at];
        }
    }

    /// <summary>Number of cells.</summary>
    public int Cells { get; }

    /// <summary>Number of words.</summary>
    public int Words { get; }

    /// <summary>Number of players.</summary>
    public int Count => Cells + Words;

    /// <summary>
    /// Players in the order in which they are taken out of the whole: each time the one with the largest sum of interactions with those of the other modality that
    /// are left, or with the smallest; of equal ones the first.
    /// </summary>
    public int[] Removal(bool largest)
    {
        double sign = largest ? 1 : -1;
        double[] sums = [.. _interactions.Select(row => row.Sum()), .. Enumerable.Range(0, Words).Select(w => _interactions.Sum(row => row[w]))];
        bool[] gone = new bool[Count];
        int[] order = new int[Count];
        for (int n = 0; n < order.Length; n++)
        {
            int best = -1;
            for (int i = 0; i < sums.Length; i++)
            {
                if (!gone[i] && (best < 0 || sign * sums[i] > sign * sums[best])) best = i;
            }

            (order[n], gone[best]) = (best, true);
            if (best < Cells)
            {
                for (int w = 0; w < Words; w++) sums[Cells + w] -= _interactions[best][w];
            }
            else
            {
                for (int c = 0; c < Cells; c++) sums[c] -= _interactions[c][best - Cells];
            }
        }

        return order;
    }

    /// <summary>Places of the values of an image, [C, H, W], whose cells are not among the players that are left.</summary>
    public int[] Absent(IReadOnlySet<int> left, int channels) =>
        [.. Enumerable.Range(0, channels).SelectMany(c => Enumerable.Range(0, _cellOf.Length).Where(i => !left.Contains(_cellOf[i])).Select(i => (c * _cellOf.Length) + i))];
}
