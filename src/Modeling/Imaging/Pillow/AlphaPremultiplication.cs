namespace Pellucid.Modeling.Imaging.Pillow;

/// <summary>Pillow's conversions RGBA to RGBa and LA to La, and back. Alpha is the last channel.</summary>
internal static class AlphaPremultiplication
{
    public static void Multiply(Span<byte> pixels, int channels)
    {
        for (int i = 0; i < pixels.Length; i += channels)
        {
            int alpha = pixels[i + channels - 1];
            for (int c = 0; c < channels - 1; c++)
            {
                int t = pixels[i + c] * alpha + 128;
                pixels[i + c] = (byte)(((t >> 8) + t) >> 8);
            }
        }
    }

    public static void Divide(Span<byte> pixels, int channels)
    {
        for (int i = 0; i < pixels.Length; i += channels)
        {
            int alpha = pixels[i + channels - 1];
            if (alpha is 0 or 255) continue;
            for (int c = 0; c < channels - 1; c++) pixels[i + c] = (byte)Math.Min(255 * pixels[i + c] / alpha, 255);
        }
    }
}
