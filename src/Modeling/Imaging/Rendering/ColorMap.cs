namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>Colors for the values of a map. Immutable.</summary>
public sealed class ColorMap
{
    private readonly RgbColor[] _colors;

    private ColorMap(string name, bool isDiverging, int steps, Func<double, RgbColor> color)
    {
        Name = name;
        IsDiverging = isDiverging;
        _colors = new RgbColor[steps];
        for (int i = 0; i < steps; i++) _colors[i] = color((double)i / (steps - 1));
    }

    /// <summary>
    /// Blue, cyan, yellow, red: the map of the published figures (MATLAB's and OpenCV's jet), red = 1.5 - |4t - 3|,
    /// green = 1.5 - |4t - 2|, blue = 1.5 - |4t - 1|, each clipped to [0, 1]. Not perceptually uniform.
    /// </summary>
    public static ColorMap Jet { get; } = new("jet", false, 256, t => new RgbColor(Trapezoid(t, 3), Trapezoid(t, 2), Trapezoid(t, 1)));

    /// <summary>
    /// Near-black violet over red to pale yellow, perceptually uniform: Oklab lightness rises evenly from 0.12 to 0.97 while the hue
    /// turns evenly from 290 to 465 degrees, with chroma 0.2 in the middle and less at the ends.
    /// </summary>
    public static ColorMap Ember { get; } = new("ember", false, 256, t =>
        Oklab.ToSrgb(0.12 + 0.85 * t, 0.20 * Math.Sin(Math.PI * (0.15 + 0.7 * t)), 290 + 175 * t));

    /// <summary>
    /// For signed maps: blue (against) over near-white (zero) to red (for), equally light on both sides: Oklab lightness
    /// 0.97 - 0.45|v|, chroma 0.19|v|, hues 255 and 27 degrees.
    /// </summary>
    public static ColorMap BlueRed { get; } = new("blue-red", true, 513, t =>
    {
        double v = 2 * t - 1;
        return Oklab.ToSrgb(0.97 - 0.45 * Math.Abs(v), 0.19 * Math.Abs(v), v < 0 ? 255 : 27);
    });

    /// <summary>Grey from black to white.</summary>
    public static ColorMap Gray { get; } = new("gray", false, 256, t => new RgbColor(Level(t), Level(t), Level(t)));

    /// <summary>All maps.</summary>
    public static IReadOnlyList<ColorMap> All { get; } = [Jet, Ember, BlueRed, Gray];

    /// <summary>Name for options and legends.</summary>
    public string Name { get; }

    /// <summary>Whether values run from -1 to 1 with zero in the middle; else from 0 to 1.</summary>
    public bool IsDiverging { get; }

    /// <summary>The color of a value; beyond the range the end's color.</summary>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public RgbColor At(float value)
    {
        if (float.IsNaN(value)) throw new ArgumentException("NaN has no color", nameof(value));
        float t = IsDiverging ? (value + 1) / 2 : value;
        return _colors[(int)MathF.Round(Math.Clamp(t, 0, 1) * (_colors.Length - 1))];
    }

    private static byte Trapezoid(double t, int center) => Level(1.5 - Math.Abs(4 * t - center));

    private static byte Level(double value) => (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
}
