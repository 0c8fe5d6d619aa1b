using System.Runtime.InteropServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Reproduce;

/// <summary>
/// Estimates which part of a radiograph shows the body: pixels brighter than the threshold that separates dark and bright best (Otsu 1979, A threshold
/// selection method from gray-level histograms), of these the largest connected part (4 neighbors), with its holes filled, such as the lungs. It is an estimate:
/// air that the body closes in counts as body, and so does a bright frame that touches it.
/// </summary>
public static class BodyOutline
{
    private const int Bins = 256;

    /// <summary>The body; null where the image has one gray value only.</summary>
    public static ImageMask? Of(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte[] gray = Gray(image);
        if (Threshold(gray) is not { } threshold) return null;
        bool[] bright = Array.ConvertAll(gray, g => g > threshold);
        return new ImageMask(image.Height, image.Width, Filled(Largest(bright, image.Height, image.Width), image.Height, image.Width));
    }

    /// <summary>Gray values, those of wide pixels scaled to the range that the image uses.</summary>
    private static byte[] Gray(DecodedImage image)
    {
        if (image.Mode is not (PixelMode.Integer or PixelMode.Float)) return PillowConvert.ToGray(image).Pixels.ToArray();
        double[] values = image.Mode == PixelMode.Integer
            ? [.. MemoryMarshal.Cast<byte, int>(image.Pixels.Span).ToArray().Select(v => (double)v)]
            : [.. MemoryMarshal.Cast<byte, float>(image.Pixels.Span).ToArray().Select(v => double.IsFinite(v) ? v : 0d)];
        double low = values.Min(), range = values.Max() - low;
        return Array.ConvertAll(values, v => (byte)(range > 0 ? 255 * (v - low) / range : 0));
    }

    /// <summary>The gray value up to which pixels are dark, with the largest variance between dark and bright; of several equally good ones their middle.</summary>
    private static int? Threshold(byte[] gray)
    {
        long[] counts = new long[Bins];
        foreach (byte g in gray) counts[g]++;
        double total = 0;
        for (int g = 0; g < Bins; g++) total += (double)g * counts[g];
        double best = 0, darkSum = 0;
        long dark = 0;
        int first = -1, last = -1;
        for (int t = 0; t < Bins - 1; t++)
        {
            dark += counts[t];
            darkSum += (double)t * counts[t];
            long bright = gray.Length - dark;
            if (dark == 0 || bright == 0) continue;
            double apart = (darkSum / dark) - ((total - darkSum) / bright), between = (double)dark * bright * apart * apart;
            if (between > best) (best, first) = (between, t);
            if (between == best) last = t;
        }

        return first < 0 ? null : (first + last) / 2;
    }

    private static bool[] Largest(bool[] pixels, int height, int width)
    {
        int[] parts = new int[pixels.Length];
        int count = 0, largest = 0, size = 0;
        for (int start = 0; start < pixels.Length; start++)
        {
            if (!pixels[start] || parts[start] != 0) continue;
            int own = Spread(start, ++count, parts, pixels, true, height, width);
            if (own > size) (largest, size) = (count, own);
        }

        return Array.ConvertAll(parts, p => p == largest);
    }

    private static bool[] Filled(bool[] pixels, int height, int width)
    {
        // What cannot be reached from the border without crossing the body lies in it.
        int[] outside = new int[pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x += y == 0 || y == height - 1 ? 1 : Math.Max(1, width - 1))
            {
                int start = (y * width) + x;
                if (!pixels[start] && outside[start] == 0) Spread(start, 1, outside, pixels, false, height, width);
            }
        }

        return Array.ConvertAll(outside, o => o == 0);
    }

    /// <summary>Marks all that hangs together with a pixel, and gives its size.</summary>
    private static int Spread(int start, int mark, int[] marks, bool[] pixels, bool value, int height, int width)
    {
        Stack<int> open = new([start]);
        marks[start] = mark;
        int size = 0;
        while (open.TryPop(out int at))
        {
            size++;
            int y = at / width, x = at % width;
            if (x > 0) Visit(at - 1);
            if (x < width - 1) Visit(at + 1);
            if (y > 0) Visit(at - width);
            if (y < height - 1) Visit(at + width);
        }

        return size;

        void Visit(int next)
        {
            if (pixels[next] != value || marks[next] != 0) return;
            marks[next] = mark;
            open.Push(next);
        }
    }
}
