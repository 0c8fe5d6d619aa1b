using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>Items for metrics that ask no model.</summary>
internal static class MapItems
{
    public static MeasuredItem Item(float[] map, long[] shape, params bool[][] masks)
    {
        int height = (int)shape[^2], width = (int)shape[^1];
        return new MeasuredItem
        {
            Name = "item",
            Image = new ImageInput(HostTensor.Of(new float[height * width], 1, 1, height, width), ImageGeometry.Identity(width, height), "item", string.Empty),
            Target = new EmbeddingDimensionTarget(0),
            Map = HostTensor.Of(map, shape),
            Masks = [.. masks.Select(m => new RegionMask(m, new TensorShape(shape)))],
        };
    }

    public static async Task<MetricResult> MeasureAsync(this IMetric metric, MeasuredItem item) =>
        (await metric.MeasureAsync(new MetricRequest { Model = null!, Items = [item] }, TestContext.Current.CancellationToken))[0];
}
