namespace Pellucid.Modeling.Imaging.Pillow;

/// <summary>
/// For every output position along one axis: the first source position, how many follow, and their weights.
/// Computed operation by operation as Pillow's precompute_coeffs, because the last bit of a weight can flip a pixel.
/// </summary>
internal sealed class ResampleTaps
{
    /// <summary>Fractional bits of the 8-bit path's fixed-point weights: 32 less 8 for the pixel and 2 for overshoot.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private ResampleTaps(int stride, int[] starts, int[] counts, double[] weights)
    {
        Stride = stride;
        Starts = starts;
        Counts = counts;
        Weights = weights;
    }

    /// <summary>Weights stored for each output position; only the first <see cref="Counts"/> of them are used.</summary>
    public int Stride { get; }

    public int[] Starts { get; }

    public int[] Counts { get; }

    public double[] Weights { get; }

    public static ResampleTaps Compute(int sourceLength, int length, Resample resample)
    {
        double scale = (double)sourceLength / length;
        double filterScale = Math.Max(scale, 1);
        double support = ResampleFilter.Support(resample) * filterScale;
        double inverse = 1 / filterScale;
        int stride = checked((int)Math.Ceiling(support) * 2 + 1);
        var starts = new int[length];
        var counts = new int[length];
        var weights = new double[checked(length * stride)];
        for (int i = 0; i < length; i++)
        {
            double center = (i + 0.5) * scale;
            int start = Math.Max((int)(center - support + 0.5), 0);
            int count = Math.Min((int)(center + support + 0.5), sourceLength) - start;
            Span<double> row = weights.AsSpan(i * stride, count);
            double sum = 0;
            for (int j = 0; j < count; j++)
            {
                row[j] = ResampleFilter.Weight(resample, (j + start - center + 0.5) * inverse);
                sum += row[j];
            }

            if (sum != 0)
            {
                for (int j = 0; j < count; j++) row[j] /= sum;
            }

            starts[i] = start;
            counts[i] = count;
        }

        return new ResampleTaps(stride, starts, counts, weights);
    }

    /// <summary>The weights in fixed point, rounded half away from zero.</summary>
    public int[] FixedPointWeights() =>
        Array.ConvertAll(Weights, w => (int)((w < 0 ? -0.5 : 0.5) + w * (1 << PrecisionBits)));
}
