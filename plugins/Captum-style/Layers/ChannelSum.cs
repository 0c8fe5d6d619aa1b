using System.Numerics.Tensors;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Sums over the channels of [C, h, w].</summary>
internal static class ChannelSum
{
    /// <summary>Sum of the channels, [h, w].</summary>
    public static float[] Of(ReadOnlySpan<float> channels, int area)
    {
        float[] map = new float[area];
        for (int start = 0; start < channels.Length; start += area) TensorPrimitives.Add(map, channels.Slice(start, area), map);
        return map;
    }

    /// <summary>Sum of the channels with a weight each, [h, w].</summary>
    public static float[] Weighted(ReadOnlySpan<float> channels, ReadOnlySpan<float> weights, int area)
    {
        float[] map = new float[area];
        for (int c = 0; c < weights.Length; c++) TensorPrimitives.MultiplyAdd(channels.Slice(c * area, area), weights[c], map, map);
        return map;
    }

    /// <summary>Mean of each channel, [C].</summary>
    public static float[] Means(ReadOnlySpan<float> channels, int area)
    {
        float[] means = new float[channels.Length / area];
        for (int c = 0; c < means.Length; c++) means[c] = TensorPrimitives.Sum(channels.Slice(c * area, area)) / area;
        return means;
    }
}
