using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Forms of class activation maps.</summary>
internal static class CamForms
{
    private const float Tiny = 1e-7f;

    /// <summary>Brings a raw map [h, w] to a form.</summary>
    public static HostTensor Apply(CamForm form, float[] raw, LayerGrid grid, ImageSize image)
    {
        if (form == CamForm.Raw) return HostTensor.Of(raw, grid.Height, grid.Width);
        float[] map = Rectified(raw);
        if (form == CamForm.Relu) return HostTensor.Of(map, grid.Height, grid.Width);
        Scale(map);
        map = MapUpsampler.Bilinear(map, grid.Height, grid.Width, image.Height, image.Width);
        Scale(map);
        return HostTensor.Of(map, image.Height, image.Width);
    }

    /// <summary>Min-max to [0, 1] as the library does it: minus the minimum, then over the maximum and 1e-7. Equal values become 0.</summary>
    public static void Scale(Span<float> map)
    {
        TensorPrimitives.Subtract(map, TensorPrimitives.Min<float>(map), map);
        TensorPrimitives.Divide(map, TensorPrimitives.Max<float>(map) + Tiny, map);
    }

    private static float[] Rectified(float[] raw)
    {
        float[] map = new float[raw.Length];
        TensorPrimitives.Max(raw, 0f, map);
        return map;
    }
}
