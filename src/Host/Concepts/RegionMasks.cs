using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Host.Concepts;

/// <summary>Masks of an image's regions, and what a map says inside them.</summary>
/// <param name="item">The image.</param>
internal sealed class RegionMasks(DatasetItem item)
{
    private readonly Dictionary<DatasetRegion, ImageMask?> _masks = new(ReferenceEqualityComparer.Instance);

    /// <summary>The mask of a region; null where it cannot be read, or does not fit the image.</summary>
    public async Task<ImageMask?> OfAsync(DatasetRegion region, HostTensor map, CancellationToken cancellationToken)
    {
        if (_masks.TryGetValue(region, out ImageMask? known)) return known;
        try
        {
            return _masks[region] = await region.LoadAsync((int)map.Shape[0], (int)map.Shape[1], cancellationToken);
        }
        catch (PellucidException)
        {
            // What hangs on it is left out and counted; the rest of the data set is worth as much as before.
            return _masks[region] = null;
        }
    }

    /// <summary>The union of the regions that have an attribute; null where one of them cannot be had.</summary>
    public async Task<ImageMask?> WithAsync(RegionAttribute attribute, HostTensor map, CancellationToken cancellationToken)
    {
        List<ImageMask> masks = [];
        foreach (DatasetRegion region in item.Regions.Where(r => Concept.Of(r).Contains(attribute)))
        {
            if (await OfAsync(region, map, cancellationToken) is not { } mask) return null;
            masks.Add(mask);
        }

        return ImageMask.Union(masks);
    }

    /// <summary>Largest value, mean value and sum of what lies above the map's smallest value, inside a region; the region has a pixel.</summary>
    public static (double Maximum, double Mean, double Mass) Inside(HostTensor map, ImageMask mask)
    {
        double largest = double.NegativeInfinity, sum = 0;
        float least = System.Numerics.Tensors.TensorPrimitives.Min(map.Floats);
        for (int i = 0; i < map.Length; i++)
        {
            if (!mask.Pixels[i]) continue;
            largest = Math.Max(largest, map.Floats[i]);
            sum += (double)map.Floats[i] - least;
        }

        return (largest, sum / mask.Area, sum);
    }

    /// <summary>Whether the largest value of a map lies in a region: the share of the places that have it.</summary>
    public static double Points(HostTensor map, ImageMask mask)
    {
        float largest = System.Numerics.Tensors.TensorPrimitives.Max(map.Floats);
        int places = 0, inside = 0;
        for (int i = 0; i < map.Length; i++)
        {
            if (map.Floats[i] != largest) continue;
            places++;
            if (mask.Pixels[i]) inside++;
        }

        return (double)inside / places;
    }
}
