namespace Pellucid.Modeling.Imaging.Pillow;

/// <summary>The path of 32-bit modes: sums in double, rounded to int32 or float32 after each of the two passes.</summary>
internal static class WideResampler
{
    /// <summary>Resizes [height, width] integers; sums are rounded half away from zero.</summary>
    public static int[] Resize(ReadOnlySpan<int> source, int width, int height, int newWidth, int newHeight, Resample resample)
    {
        var values = new double[source.Length];
        for (int i = 0; i < values.Length; i++) values[i] = source[i];
        return Array.ConvertAll(Resize(values, width, height, newWidth, newHeight, resample, RoundAwayFromZero), v => (int)v);
    }

    /// <summary>Resizes [height, width] float32 values.</summary>
    public static float[] Resize(ReadOnlySpan<float> source, int width, int height, int newWidth, int newHeight, Resample resample)
    {
        var values = new double[source.Length];
        for (int i = 0; i < values.Length; i++) values[i] = source[i];
        return Array.ConvertAll(Resize(values, width, height, newWidth, newHeight, resample, v => (float)v), v => (float)v);
    }

    private static double[] Resize(
        double[] source, int width, int height, int newWidth, int newHeight, Resample resample, Func<double, double> round)
    {
        double[] wide = source;
        if (newWidth != width)
        {
            var taps = ResampleTaps.Compute(width, newWidth, resample);
            wide = new double[checked(height * newWidth)];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < newWidth; x++)
                {
                    double sum = 0;
                    int from = y * width + taps.Starts[x];
                    for (int i = 0; i < taps.Counts[x]; i++) sum += source[from + i] * taps.Weights[x * taps.Stride + i];
                    wide[y * newWidth + x] = round(sum);
                }
            }
        }

        if (newHeight == height) return wide;
        var rows = ResampleTaps.Compute(height, newHeight, resample);
        var result = new double[checked(newHeight * newWidth)];
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                double sum = 0;
                for (int i = 0; i < rows.Counts[y]; i++)
                    sum += wide[(rows.Starts[y] + i) * newWidth + x] * rows.Weights[y * rows.Stride + i];
                result[y * newWidth + x] = round(sum);
            }
        }

        return result;
    }

    private static double RoundAwayFromZero(double value) =>
        value >= 0 ? Math.Floor(value + 0.5) : -Math.Floor(Math.Abs(value) + 0.5);
}
