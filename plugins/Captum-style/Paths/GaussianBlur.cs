using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Gaussian blur of every channel, rows then columns, edges clamped; the kernel reaches four standard deviations.</summary>
internal static class GaussianBlur
{
    /// <summary>The blurred image, C x H x W values.</summary>
    /// <param name="pixels">[1, C, H, W].</param>
    /// <param name="deviation">Standard deviation in pixels, above 0.</param>
    public static float[] Of(HostTensor pixels, double deviation)
    {
        int height = (int)pixels.Shape[2], width = (int)pixels.Shape[3];
        float[] source = pixels.Floats.ToArray(), rows = new float[source.Length], result = new float[source.Length];
        float[] kernel = Kernel(deviation, Math.Max(height, width));
        int reach = kernel.Length / 2;
        for (int y = 0; y < source.Length / width; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int k = -reach; k <= reach; k++) sum += kernel[k + reach] * source[(y * width) + Math.Clamp(x + k, 0, width - 1)];
                rows[(y * width) + x] = sum;
            }
        }

        for (int y = 0; y < source.Length / width; y++)
        {
            int channel = y / height * height;
            Span<float> row = result.AsSpan(y * width, width);
            for (int k = -reach; k <= reach; k++)
            {
                int from = channel + Math.Clamp(y - channel + k, 0, height - 1);
                TensorPrimitives.MultiplyAdd(rows.AsSpan(from * width, width), kernel[k + reach], row, row);
            }
        }

        return result;
    }

    private static float[] Kernel(double deviation, int longestSide)
    {
        int reach = (int)Math.Min(longestSide, Math.Max(1, Math.Ceiling(4 * deviation)));
        double[] weights = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(k => Math.Exp(-0.5 * k * k / (deviation * deviation)))];
        double sum = weights.Sum();
        return [.. weights.Select(w => (float)(w / sum))];
    }
}
