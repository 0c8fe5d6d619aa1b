using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>The colors of an image at the model's input size, before its normalization, in a space where distances are those that people see.</summary>
internal static class ImageColors
{
    /// <summary>CIE L*a*b* (D65) of the pixels of an image of three channels; else each channel from 0 to 100.</summary>
    /// <returns>[pixels][channels], row by row.</returns>
    public static double[][] Of(ExplanationRequest request)
    {
        HostTensor pixels = request.Image.Pixels;
        var levels = PixelColors.Of(request.Model);
        int channels = (int)pixels.Shape[1], area = pixels.Length / channels;
        double[][] colors = new double[area][];
        for (int i = 0; i < area; i++)
        {
            double[] color = new double[channels];
            for (int c = 0; c < channels; c++)
            {
                double range = (double)levels.White[c] - levels.Black[c];
                color[c] = range == 0 ? 0 : Math.Clamp((pixels.Floats[(c * area) + i] - levels.Black[c]) / range, 0, 1);
            }

            colors[i] = channels == 3 ? Lab(color[0], color[1], color[2]) : [.. color.Select(v => 100 * v)];
        }

        return colors;
    }

    /// <summary>From sRGB in [0, 1] (IEC 61966-2-1) to L*a*b*.</summary>
    private static double[] Lab(double red, double green, double blue)
    {
        double r = Linear(red), g = Linear(green), b = Linear(blue);
        double x = Root(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
        double y = Root((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        double z = Root(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Linear(double level) => level <= 0.04045 ? level / 12.92 : Math.Pow((level + 0.055) / 1.055, 2.4);

    private static double Root(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
}
