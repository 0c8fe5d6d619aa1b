using Pellucid.Graphs;

namespace Pellucid.Abstractions.Datasets;

/// <summary>A region known as a mask.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Label">Its class.</param>
/// <param name="Load">Gives the mask at the image's size; may be called many times, from any thread.</param>
public sealed record MaskRegion(string Name, string Label, Func<CancellationToken, ValueTask<ImageMask>> Load) : DatasetRegion(Name, Label)
{
    /// <inheritdoc/>
    public override async ValueTask<ImageMask> LoadAsync(int height, int width, CancellationToken cancellationToken = default)
    {
        ImageMask mask = await Load(cancellationToken);
        return mask.Height == height && mask.Width == width
            ? mask
            : throw new PellucidException($"the mask of '{Name}' has {mask.Width} x {mask.Height} pixels, its image {width} x {height}");
    }
}
