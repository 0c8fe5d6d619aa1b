namespace Pellucid.Modeling.Imaging.Rendering;

/// <summary>The perceptual color space Oklab (Ottosson 2020): lightness 0..1, chroma and hue in polar form.</summary>
internal static class Oklab
{
    /// <summary>The sRGB color of a lightness and hue, with as much of the chroma as sRGB can show.</summary>
    public static RgbColor ToSrgb(double lightness, double chroma, double hueDegrees)
    {
        double low = 0, high = 1;
        (double R, double G, double B) linear = ToLinear(lightness, chroma, hueDegrees);
        if (!InGamut(linear))
        {
            for (int i = 0; i < 24; i++)
            {
                double middle = (low + high) / 2;
                if (InGamut(ToLinear(lightness, chroma * middle, hueDegrees))) low = middle;
                else high = middle;
            }

            linear = ToLinear(lightness, chroma * low, hueDegrees);
        }

        return new RgbColor(Encode(linear.R), Encode(linear.G), Encode(linear.B));
    }

    /// <summary>Lightness and the two opponent axes of an sRGB color.</summary>
    public static (double L, double A, double B) FromSrgb(RgbColor color)
    {
        (double r, double g, double b) = (Decode(color.R), Decode(color.G), Decode(color.B));
        double l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return (
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }

    private static (double R, double G, double B) ToLinear(double lightness, double chroma, double hueDegrees)
    {
        (double sin, double cos) = Math.SinCos(hueDegrees * Math.PI / 180);
        (double a, double b) = (chroma * cos, chroma * sin);
        double l = Cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = Cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = Cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return (
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static bool InGamut((double R, double G, double B) c) =>
        Math.Min(c.R, Math.Min(c.G, c.B)) >= -1e-6 && Math.Max(c.R, Math.Max(c.G, c.B)) <= 1 + 1e-6;

    private static double Cube(double x) => x * x * x;

    private static byte Encode(double linear)
    {
        double x = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * Math.Pow(x, 1 / 2.4) - 0.055));
    }

    private static double Decode(byte value)
    {
        double x = value / 255.0;
        return x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4);
    }
}
