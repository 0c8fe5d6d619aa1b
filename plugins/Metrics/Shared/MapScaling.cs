using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Scales maps that are measured at once.</summary>
internal static class MapScaling
{
    /// <summary>Why a scale makes items depend on each other, for <see cref="MetricTraits.BatchDependence"/>; null where it does not.</summary>
    public static string? Dependence(MapNormalization normalization) => normalization switch
    {
        MapNormalization.BatchMax => "normalize=batch-max divides by the largest value of all maps measured at once; take normalize=max, which divides each map by its own",
        MapNormalization.BatchRms => "normalize=batch-rms divides by the root mean square of all maps measured at once; take normalize=rms, which divides each map by its own",
        _ => null,
    };

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
