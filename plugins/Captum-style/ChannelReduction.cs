using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>From an attribution of every input element [C, H, W] to a map [H, W].</summary>
internal static class ChannelReduction
{
    public static HostTensor Sum(HostTensor elements) => Fold(elements, static (row, map) => TensorPrimitives.Add(map, row, map));

    public static HostTensor Max(HostTensor elements) => Fold(elements, static (row, map) => TensorPrimitives.Max(map, row, map));

    public static HostTensor Mean(HostTensor elements)
    {
        HostTensor map = Sum(elements);
        TensorPrimitives.Divide(map.Floats, elements.Shape[0], map.Floats);
        return map;
    }

    private delegate void Combine(ReadOnlySpan<float> channel, Span<float> map);

    private static HostTensor Fold(HostTensor elements, Combine combine)
    {
        int area = (int)(elements.Shape[1] * elements.Shape[2]);
        float[] map = elements.Floats[..area].ToArray();
        for (int c = 1; c < elements.Shape[0]; c++) combine(elements.Floats.Slice(c * area, area), map);
        return HostTensor.Of(map, elements.Shape[1], elements.Shape[2]);
    }
}
