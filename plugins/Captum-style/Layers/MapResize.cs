namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Resizing of maps [h, w] to [H, W], as PyTorch's <c>interpolate</c> and OpenCV's <c>resize</c> do it.</summary>
internal static class MapResize
{
    /// <summary>Half-pixel centers, edges clamped (align_corners = false; INTER_LINEAR).</summary>
    public static float[] Bilinear(ReadOnlySpan<float> map, int height, int width, int toHeight, int toWidth) => Linear(
        map, height, width, toHeight, toWidth,
        static (i, from, to) => ((i + 0.5) * from / to) - 0.5);

    /// <summary>The corners of both grids coincide (align_corners = true).</summary>
    public static float[] BilinearCorners(ReadOnlySpan<float> map, int height, int width, int toHeight, int toWidth) => Linear(
        map, height, width, toHeight, toWidth,
        static (i, from, to) => to == 1 ? 0 : (double)i * (from - 1) / (to - 1));

    /// <summary>The element that the upper left corner falls into.</summary>
    public static float[] Nearest(ReadOnlySpan<float> map, int height, int width, int toHeight, int toWidth)
    {
        float[] result = new float[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++)
        {
            int row = y * height / toHeight;
            for (int x = 0; x < toWidth; x++) result[(y * toWidth) + x] = map[(row * width) + (x * width / toWidth)];
        }

        return result;
    }

    private static float[] Linear(ReadOnlySpan<float> map, int height, int width, int toHeight, int toWidth, Func<int, int, int, double> place)
    {
        (int First, int Second, float Weight)[] rows = Taps(height, toHeight, place), columns = Taps(width, toWidth, place);
        float[] result = new float[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++)
        {
            (int top, int bottom, float down) = rows[y];
            for (int x = 0; x < toWidth; x++)
            {
                (int left, int right, float along) = columns[x];
                float upper = map[(top * width) + left] + (along * (map[(top * width) + right] - map[(top * width) + left]));
                float lower = map[(bottom * width) + left] + (along * (map[(bottom * width) + right] - map[(bottom * width) + left]));
                result[(y * toWidth) + x] = upper + (down * (lower - upper));
            }
        }

        return result;
    }

    private static (int First, int Second, float Weight)[] Taps(int from, int to, Func<int, int, int, double> place) =>
        [.. Enumerable.Range(0, to).Select(i =>
        {
            double at = Math.Clamp(place(i, from, to), 0, from - 1);
            int first = (int)at;
            return (first, Math.Min(first + 1, from - 1), (float)(at - first));
        })];
}
