using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Writes metrics on units out as tasks with keys. Pixels are not needed for it: the size of the image stands in the unit's result.</summary>
internal static class MetricTasks
{
    /// <summary>The tasks of a unit that has a result.</summary>
    public static async Task<IReadOnlyList<MetricTask>> OfAsync(PlannedUnit unit, UnitResult result, IReadOnlyList<PlannedMetric> metrics, CancellationToken cancellationToken)
    {
        if (metrics.Count == 0) return [];
        (ImageMask? mask, string? problem) = metrics.Any(m => m.Metric.Traits.Needs.HasFlag(MetricNeeds.Mask)) ? await MaskAsync(unit, result, cancellationToken) : (null, null);
        return [.. metrics.Select(m => Of(unit, result, m, mask, problem))];
    }

    /// <summary>The pixels of the model's input whose centers lie in the region.</summary>
    public static RegionMask ToInput(ImageMask mask, ImageGeometry geometry)
    {
        bool[] pixels = new bool[geometry.Height * geometry.Width];
        for (int y = 0; y < geometry.Height; y++)
        {
            for (int x = 0; x < geometry.Width; x++)
            {
                (double sourceX, double sourceY) = geometry.ToSource(x + 0.5, y + 0.5);
                pixels[(y * geometry.Width) + x] = sourceX >= 0 && sourceY >= 0 && sourceX < mask.Width && sourceY < mask.Height && mask.Pixels[((int)sourceY * mask.Width) + (int)sourceX];
            }
        }

        return new RegionMask(pixels, new TensorShape(geometry.Height, geometry.Width));
    }

    /// <summary>What says in the keys of a unit's metrics which region they are given; empty where there is none, or no metric is given one.</summary>
    public static async Task<string> RegionIdentityAsync(PlannedUnit unit, UnitResult result, IReadOnlyList<PlannedMetric> metrics, CancellationToken cancellationToken)
    {
        if (!metrics.Any(m => m.Metric.Traits.Needs.HasFlag(MetricNeeds.Mask))) return string.Empty;
        (ImageMask? mask, string? problem) = await MaskAsync(unit, result, cancellationToken);
        return IdentityOf(mask, problem);
    }

    /// <summary>Key of a metric on a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="region">What <see cref="RegionIdentityAsync"/> gave.</param>
    public static string Key(PlannedUnit unit, PlannedMetric metric, string region)
    {
        // What a metric does not need is not given to it, so that it cannot change its numbers behind its key.
        MetricNeeds needs = metric.Metric.Traits.Needs;
        string candidates = needs.HasFlag(MetricNeeds.Candidates) ? unit.Target.CandidatesIdentity : string.Empty;
        if (needs.HasFlag(MetricNeeds.Captions)) candidates += ContentKey.Short("captions", $" captions: {string.Join(", ", unit.Item.Item.Captions.Select(SpecWriter.WriteText))}");
        return UnitKeys.Metric(unit.Key, metric.ItemIdentity, needs.HasFlag(MetricNeeds.Mask) ? region : string.Empty, candidates);
    }

    private static string IdentityOf(ImageMask? mask, string? problem) => problem is null ? mask?.ContentHash ?? string.Empty : "unreadable";

    private static MetricTask Of(PlannedUnit unit, UnitResult result, PlannedMetric metric, ImageMask? mask, string? problem)
    {
        bool masked = metric.Metric.Traits.Needs.HasFlag(MetricNeeds.Mask);
        return new MetricTask(Key(unit, metric, IdentityOf(mask, problem)), unit, result, metric, masked ? mask : null, masked ? problem : null);
    }

    private static async Task<(ImageMask? Mask, string? Problem)> MaskAsync(PlannedUnit unit, UnitResult result, CancellationToken cancellationToken)
    {
        IReadOnlyList<DatasetRegion> regions = unit.Target.RegionsOf(unit.Item.Item);
        if (regions.Count == 0 || result.Map is not { } map) return (null, null);
        try
        {
            List<ImageMask> masks = [];
            foreach (DatasetRegion region in regions) masks.Add(await region.LoadAsync(map.Geometry.SourceHeight, map.Geometry.SourceWidth, cancellationToken));
            return (ImageMask.Union(masks), null);
        }
        catch (PellucidException e)
        {
            return (null, e.Message);
        }
    }
}
