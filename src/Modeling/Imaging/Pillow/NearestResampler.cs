namespace Pellucid.Modeling.Imaging.Pillow;

/// <summary>Nearest neighbour as Pillow's affine transform does it.</summary>
internal static class NearestResampler
{
    /// <summary>Resizes [height, width] pixels of any size in bytes.</summary>
    public static byte[] Resize(ReadOnlySpan<byte> source, int width, int height, int pixelBytes, int newWidth, int newHeight)
    {
        int[] columns = Positions(width, newWidth);
        int[] rows = Positions(height, newHeight);
        var result = new byte[checked(newWidth * newHeight * pixelBytes)];
        int o = 0;
        foreach (int y in rows)
        {
            ReadOnlySpan<byte> row = source.Slice(y * width * pixelBytes, width * pixelBytes);
            foreach (int x in columns)
            {
                row.Slice(x * pixelBytes, pixelBytes).CopyTo(result.AsSpan(o));
                o += pixelBytes;
            }
        }

        return result;
    }

    /// <summary>Pillow adds the step up instead of multiplying; near whole numbers that decides which pixel is taken.</summary>
    private static int[] Positions(int sourceLength, int length)
    {
        double step = (double)sourceLength / length;
        double position = step * 0.5;
        var positions = new int[length];
        for (int i = 0; i < length; i++)
        {
            positions[i] = Math.Min((int)position, sourceLength - 1);
            position += step;
        }

        return positions;
    }
}
