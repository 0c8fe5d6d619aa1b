namespace Pellucid.Modeling.Imaging.Pillow;

/// <summary>The 8-bit path: fixed-point sums, rounded and clipped to a byte after each of the two passes.</summary>
internal static class ByteResampler
{
    private const int Half = 1 << (ResampleTaps.PrecisionBits - 1);

    /// <summary>Resizes [height, width, channels] bytes, horizontally first; a pass whose size does not change is skipped.</summary>
    public static byte[] Resize(ReadOnlySpan<byte> source, int width, int height, int channels, int newWidth, int newHeight, Resample resample)
    {
        byte[] wide = newWidth == width
            ? source.ToArray()
            : Horizontal(source, width, height, channels, ResampleTaps.Compute(width, newWidth, resample));
        return newHeight == height ? wide : Vertical(wide, newWidth * channels, ResampleTaps.Compute(height, newHeight, resample));
    }

    private static byte[] Horizontal(ReadOnlySpan<byte> source, int width, int height, int channels, ResampleTaps taps)
    {
        int[] weights = taps.FixedPointWeights();
        int newWidth = taps.Starts.Length;
        var result = new byte[checked(height * newWidth * channels)];
        int o = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = source.Slice(y * width * channels, width * channels);
            for (int x = 0; x < newWidth; x++)
            {
                ReadOnlySpan<int> w = weights.AsSpan(x * taps.Stride, taps.Counts[x]);
                ReadOnlySpan<byte> window = row.Slice(taps.Starts[x] * channels, w.Length * channels);
                if (channels == 3)
                {
                    int r = Half, g = Half, b = Half;
                    for (int i = 0, p = 0; i < w.Length; i++, p += 3)
                    {
                        r += window[p] * w[i];
                        g += window[p + 1] * w[i];
                        b += window[p + 2] * w[i];
                    }

                    result[o++] = Clip(r);
                    result[o++] = Clip(g);
                    result[o++] = Clip(b);
                    continue;
                }

                for (int c = 0; c < channels; c++)
                {
                    int sum = Half;
                    for (int i = 0, p = c; i < w.Length; i++, p += channels) sum += window[p] * w[i];
                    result[o++] = Clip(sum);
                }
            }
        }

        return result;
    }

    private static byte[] Vertical(byte[] source, int rowBytes, ResampleTaps taps)
    {
        int[] weights = taps.FixedPointWeights();
        int newHeight = taps.Starts.Length;
        var result = new byte[checked(newHeight * rowBytes)];
        var sums = new int[rowBytes];
        for (int y = 0; y < newHeight; y++)
        {
            sums.AsSpan().Fill(Half);
            for (int i = 0; i < taps.Counts[y]; i++)
            {
                int weight = weights[y * taps.Stride + i];
                ReadOnlySpan<byte> row = source.AsSpan((taps.Starts[y] + i) * rowBytes, rowBytes);
                for (int x = 0; x < row.Length; x++) sums[x] += row[x] * weight;
            }

            Span<byte> target = result.AsSpan(y * rowBytes, rowBytes);
            for (int x = 0; x < target.Length; x++) target[x] = Clip(sums[x]);
        }

        return result;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResampleTaps.PrecisionBits, 0, 255);
}
