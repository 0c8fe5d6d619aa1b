using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Share of a map's mass in a region, as metrics define it and as Quantus guards it.</summary>
internal static class MassRatio
{
    /// <summary>Why there is no share.</summary>
    public const string NoMass = "the map has no mass of the kind that is measured";

    private const double Guard = 1e-9;

    /// <summary>The share; NaN where the map has no mass. Quantus adds a small number to the whole mass, so that a map of zeros has share 0.</summary>
    public static double Of(MeasuredItem item, bool[] region, MapMass mass, Compatibility compat)
    {
        double share = MapRegions.ShareInside(item.Map!.Floats, region, mass);
        return compat != Compatibility.Quantus ? share : double.IsNaN(share) ? 0 : share * Guarded(item, mass);
    }

    private static double Guarded(MeasuredItem item, MapMass mass)
    {
        ReadOnlySpan<float> map = item.Map!.Floats;
        double total = 0, lowest = TensorPrimitives.Min(map);
        foreach (float v in map) total += mass switch { MapMass.Positive => Math.Max(v, 0), MapMass.Absolute => Math.Abs(v), MapMass.MinMax => v - lowest, _ => v };
        return total / (total + Guard);
    }
}
