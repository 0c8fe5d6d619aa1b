namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>Brings maps to the range that a <see cref="ColorMap"/> takes. For display only: the numbers in files stay raw.</summary>
public static class ColorRange
{
    /// <summary>(v - min) / (max - min), in [0, 1]; a constant map, which says nothing, becomes all zeros.</summary>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static float[] MinMax(ReadOnlySpan<float> map)
    {
        (float min, float max) = Range(map);
        var result = new float[map.Length];
        if (!(max > min)) return result;
        double scale = 1.0 / ((double)max - min);
        for (int i = 0; i < result.Length; i++) result[i] = (float)(((double)map[i] - min) * scale);
        return result;
    }

    /// <summary>v / max|v|, in [-1, 1] with zero kept; a map of zeros stays so.</summary>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static float[] Signed(ReadOnlySpan<float> map)
    {
        (float min, float max) = Range(map);
        float largest = Math.Max(Math.Abs(min), Math.Abs(max));
        var result = new float[map.Length];
        if (!(largest > 0)) return result;
        for (int i = 0; i < result.Length; i++) result[i] = (float)((double)map[i] / largest);
        return result;
    }

    private static (float Min, float Max) Range(ReadOnlySpan<float> map)
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        for (int i = 0; i < map.Length; i++)
        {
            if (!float.IsFinite(map[i])) throw new ArgumentException($"value {i} of the map is {map[i]}", nameof(map));
            min = Math.Min(min, map[i]);
            max = Math.Max(max, map[i]);
        }

        return (min, max);
    }
}
