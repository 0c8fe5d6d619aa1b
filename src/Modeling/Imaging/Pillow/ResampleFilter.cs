namespace Pellucid.Modeling.Imaging.Pillow;

/// <summary>The kernels of Pillow's Resample.c: half width and weight at a distance.</summary>
internal static class ResampleFilter
{
    public static double Support(Resample resample) => resample switch
    {
        Resample.Box => 0.5,
        Resample.Bilinear or Resample.Hamming => 1,
        Resample.Bicubic => 2,
        Resample.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(resample), resample, "no such resampling filter"),
    };

    public static double Weight(Resample resample, double x) => resample switch
    {
        Resample.Box => x > -0.5 && x <= 0.5 ? 1 : 0,
        Resample.Bilinear => Math.Abs(x) is var d && d < 1 ? 1 - d : 0,
        Resample.Hamming => Hamming(Math.Abs(x)),
        Resample.Bicubic => Bicubic(Math.Abs(x)),
        Resample.Lanczos => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(resample), resample, "no such resampling filter"),
    };

    private static double Bicubic(double x)
    {
        const double a = -0.5;
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double Hamming(double x)
    {
        if (x == 0) return 1;
        if (x >= 1) return 0;
        x *= Math.PI;
        return Math.Sin(x) / x * (0.54 + 0.46 * Math.Cos(x));
    }

    private static double Sinc(double x)
    {
        if (x == 0) return 1;
        x *= Math.PI;
        return Math.Sin(x) / x;
    }
}
