using Pellucid.Abstractions.Datasets;

namespace Pellucid.Host.Reproduce;

/// <summary>
/// Maps, masks and images are compared at one size: the image's own where no side is longer than <see cref="LongestSide"/> pixels, else reduced by
/// a whole factor, each pixel the mean of a block.
/// </summary>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Columns of the image.</param>
public readonly record struct WorkingSize(int Height, int Width)
{
    /// <summary>Longest side that is worked with.</summary>
    public const int LongestSide = 256;

    /// <summary>Rows worked with.</summary>
    public int Rows => (Height + Factor - 1) / Factor;

    /// <summary>Columns worked with.</summary>
    public int Columns => (Width + Factor - 1) / Factor;

    private int Factor => (Math.Max(Height, Width) + LongestSide - 1) / LongestSide;

    /// <summary>Means of the blocks.</summary>
    /// <param name="values">[Height, Width].</param>
    public float[] Reduce(ReadOnlySpan<float> values)
    {
        if (Factor == 1) return values.ToArray();
        float[] reduced = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                double sum = 0;
                int count = 0;
                for (int y = row * Factor; y < Math.Min(Height, (row + 1) * Factor); y++)
                {
                    for (int x = column * Factor; x < Math.Min(Width, (column + 1) * Factor); x++, count++) sum += values[(y * Width) + x];
                }

                reduced[(row * Columns) + column] = (float)(sum / count);
            }
        }

        return reduced;
    }

    /// <summary>The blocks of which at least half lies in a region; of a region that fills half of no block, those that it touches.</summary>
    /// <param name="mask">A region of the image.</param>
    public bool[] Reduce(ImageMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (Factor == 1) return mask.Pixels.ToArray();
        float[] shares = Reduce([.. mask.Pixels.ToArray().Select(p => p ? 1f : 0f)]);
        float least = shares.Max() >= 0.5f ? 0.5f : float.Epsilon;
        return Array.ConvertAll(shares, s => s >= least);
    }
}
