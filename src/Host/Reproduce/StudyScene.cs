using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Reproduce;

/// <summary>What is known of an image of the study, at working size.</summary>
/// <param name="Item">The image.</param>
/// <param name="Size">Its size.</param>
/// <param name="Body">Estimated body; null where none was found.</param>
/// <param name="Lesions">Its findings that have regions: index of the class, and the union of the class's regions.</param>
/// <param name="Absent">Indices of the classes that it has not.</param>
internal sealed record StudyScene(DatasetItem Item, WorkingSize Size, bool[]? Body, IReadOnlyList<(int Class, bool[] Mask)> Lesions, IReadOnlyList<int> Absent)
{
    /// <summary>Loads an image with its masks.</summary>
    /// <exception cref="PellucidException">The image or a mask cannot be read.</exception>
    public static async Task<StudyScene> LoadAsync(IReportResults results, DatasetItem item, IReadOnlyList<string> classes, CancellationToken cancellationToken)
    {
        DecodedImage image = await results.LoadImageAsync(item, cancellationToken);
        WorkingSize size = new(image.Height, image.Width);
        List<(int, bool[])> lesions = [];
        for (int c = 0; c < classes.Count; c++)
        {
            if (await RegionAsync(item, classes[c], image, cancellationToken) is { } region) lesions.Add((c, size.Reduce(region)));
        }

        return new StudyScene(
            item, size, BodyOutline.Of(image) is { } body ? size.Reduce(body) : null, lesions,
            [.. Enumerable.Range(0, classes.Count).Where(c => !item.Labels.Contains(classes[c], StringComparer.Ordinal))]);
    }

    /// <summary>The regions of a class as one; null where the image has none.</summary>
    public static async Task<ImageMask?> RegionAsync(DatasetItem item, string label, DecodedImage image, CancellationToken cancellationToken)
    {
        List<ImageMask> masks = [];
        foreach (DatasetRegion region in item.Regions.Where(r => r.Label == label)) masks.Add(await region.LoadAsync(image.Height, image.Width, cancellationToken));
        return masks.Count == 0 ? null : ImageMask.Union(masks);
    }
}
