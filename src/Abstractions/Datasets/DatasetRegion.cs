using Pellucid.Graphs;

namespace Pellucid.Abstractions.Datasets;

/// <summary>A part of an image, such as an object or a lesion.</summary>
/// <param name="Name">What it shows, as a text that is true of it: <c>a red cube</c>.</param>
/// <param name="Label">Its class: <c>cube</c>.</param>
public abstract record DatasetRegion(string Name, string Label)
{
    /// <summary>What else is known of it, in the data set's order; none where nothing is.</summary>
    public IReadOnlyList<RegionAttribute> Attributes { get; init; } = [];

    /// <summary>The region as a mask of the image's own size; loaded when asked for.</summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="PellucidException">The region does not fit the image, or cannot be loaded.</exception>
    public abstract ValueTask<ImageMask> LoadAsync(int height, int width, CancellationToken cancellationToken = default);
}
