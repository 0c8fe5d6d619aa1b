using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>The pixels that take the place of removed ones.</summary>
internal static class FillPixels
{
    /// <summary>Name of the stored tensor that replaces the option: [C], [C, H, W] or [1, C, H, W], normalized pixel values.</summary>
    public const string Draw = "baseline";

    /// <summary>Pixels [C, H, W].</summary>
    /// <exception cref="PellucidException">The stored tensor does not fit the image.</exception>
    public static float[] Of(ExplanationRequest request, PixelFill fill)
    {
        HostTensor image = request.Image.Pixels;
        int channels = (int)image.Shape[1], area = image.Length / channels;
        if (ReplayedDraws.Find(request, Draw) is { } stored)
        {
            if (stored.Length == image.Length && stored.Shape.Rank is 3 or 4) return stored.Floats.ToArray();
            if (stored.Shape.Rank == 1 && stored.Length == channels) return Spread(stored.Floats, area);
            throw new PellucidException($"the stored tensor '{Draw}' is {stored.Shape}; for an image {image.Shape} it must be [{channels}] or [{channels}, {image.Shape[2]}, {image.Shape[3]}]");
        }

        return fill switch
        {
            PixelFill.Zero => new float[image.Length],
            PixelFill.Black => Spread(Solid(request, 0), area),
            PixelFill.White => Spread(Solid(request, 255), area),
            _ => Spread([.. Enumerable.Range(0, channels).Select(c => TensorPrimitives.Sum<float>(image.Floats.Slice(c * area, area)) / area)], area),
        };
    }

    /// <summary>How the model sees a gray level: the center of a prepared image of nothing else.</summary>
    private static float[] Solid(ExplanationRequest request, byte level)
    {
        int side = Math.Max(request.Image.Size.Height, request.Image.Size.Width);
        byte[] bytes = new byte[side * side * 3];
        Array.Fill(bytes, level);
        HostTensor prepared = request.Model.Prepare(new DecodedImage(side, side, PixelMode.Rgb, bytes)).Pixels;
        int channels = (int)prepared.Shape[1], area = prepared.Length / channels;
        float[] color = new float[channels];
        int center = (int)(((prepared.Shape[2] / 2) * prepared.Shape[3]) + (prepared.Shape[3] / 2));
        for (int c = 0; c < channels; c++) color[c] = prepared.Floats[(c * area) + center];
        return color;
    }

    private static float[] Spread(ReadOnlySpan<float> color, int area)
    {
        float[] pixels = new float[color.Length * area];
        for (int c = 0; c < color.Length; c++) pixels.AsSpan(c * area, area).Fill(color[c]);
        return pixels;
    }
}
