using System.Numerics.Tensors;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Scales maps that are measured at once.</summary>
internal static class MapScaling
{
    /// <summary>Scales maps in place; maps of zeros stay as they are.</summary>
    public static void Apply(IReadOnlyList<float[]> maps, MapNormalization normalization)
    {
        if (normalization == MapNormalization.None || maps.Count == 0) return;
        bool rms = normalization is MapNormalization.Rms or MapNormalization.BatchRms, batch = normalization is MapNormalization.BatchMax or MapNormalization.BatchRms;
        float common = batch ? Divisor(maps, rms) : 0;
        foreach (float[] map in maps)
        {
            float divisor = batch ? common : Divisor([map], rms);
            if (divisor > 0) TensorPrimitives.Divide(map, divisor, map);
        }
    }

    private static float Divisor(IReadOnlyList<float[]> maps, bool rms)
    {
        if (!rms) return maps.Max(m => Math.Abs(TensorPrimitives.MaxMagnitude<float>(m)));
        double squares = 0, count = 0;
        foreach (float[] map in maps)
        {
            foreach (float v in map) squares += (double)v * v;
            count += map.Length;
        }

        return (float)Math.Sqrt(squares / count);
    }
}
