using System.Numerics.Tensors;

namespace Pellucid.Host.Demo;

/// <summary>
/// Pointing game (Zhang et al. 2018, Top-down neural attention by excitation backprop): a hit where the largest value of the map lies in the
/// object's mask. Ties go to the first pixel in row-major order.
/// </summary>
public static class PointingGame
{
    /// <summary>Whether the map points at the object; null where the map is constant and points nowhere.</summary>
    /// <param name="map">[H, W], row-major.</param>
    /// <param name="mask">[H, W], row-major.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the mask is empty.</exception>
    public static bool? IsHit(ReadOnlySpan<float> map, ReadOnlySpan<bool> mask)
    {
        if (map.Length != mask.Length) throw new ArgumentException($"a map of {map.Length} pixels and a mask of {mask.Length} do not belong together");
        if (!mask.Contains(true)) throw new ArgumentException("the mask is empty: there is nothing to point at");
        int peak = TensorPrimitives.IndexOfMax(map);
        return map.ContainsAnyExcept(map[0]) ? mask[peak] : null;
    }
}
