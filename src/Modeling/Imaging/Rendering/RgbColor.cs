namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>An 8-bit sRGB color.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct RgbColor(byte R, byte G, byte B)
{
    /// <summary>White.</summary>
    public static RgbColor White { get; } = new(255, 255, 255);

    /// <summary>Black.</summary>
    public static RgbColor Black { get; } = new(0, 0, 0);

    /// <summary>The color as #rrggbb.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
