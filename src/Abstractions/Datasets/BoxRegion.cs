using Pellucid.Graphs;

namespace Pellucid.Abstractions.Datasets;

/// <summary>A region known as a box, in pixels of the image: pixel (0, 0) covers [0, 1) x [0, 1).</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Label">Its class.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Columns, more than 0.</param>
/// <param name="Height">Rows, more than 0.</param>
public sealed record BoxRegion(string Name, string Label, double X, double Y, double Width, double Height) : DatasetRegion(Name, Label)
{
    /// <summary>The pixels whose centers lie in the box.</summary>
    /// <inheritdoc/>
    public override ValueTask<ImageMask> LoadAsync(int height, int width, CancellationToken cancellationToken = default)
    {
        bool[] pixels = new bool[height * width];
        bool any = false;
        for (int y = Math.Max(0, (int)Math.Ceiling(Y - 0.5)); y < height && y + 0.5 < Y + Height; y++)
        {
            for (int x = Math.Max(0, (int)Math.Ceiling(X - 0.5)); x < width && x + 0.5 < X + Width; x++) any = pixels[(y * width) + x] = true;
        }

        return any
            ? new ValueTask<ImageMask>(new ImageMask(height, width, pixels))
            : throw new PellucidException($"the box of '{Name}' ({Width} x {Height} at {X}, {Y}) holds no pixel of the image of {width} x {height}");
    }
}
