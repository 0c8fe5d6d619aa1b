using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Fills removed values of one item's image.</summary>
internal sealed class Fill
{
    /// <summary>Standard deviation of the blur as a share of the shorter side.</summary>
    private const double BlurShare = 5.0 / 224;

    private readonly FillColor _color;
    private readonly PixelColors? _colors;
    private readonly SeededRandom _random;
    private readonly float[] _mean;
    private readonly float[] _blurred;
    private readonly int _area;

    /// <summary>Makes the fill of an item.</summary>
    /// <param name="color">Which.</param>
    /// <param name="colors">The model's range; needed for black, white and random.</param>
    /// <param name="item">The item.</param>
    public Fill(FillColor color, PixelColors? colors, MeasuredItem item)
    {
        (_color, _colors, _random) = (color, colors, SeededRandom.Fork(item.Seed, 0xF111));
        int channels = (int)item.Image.Pixels.Shape[1];
        _area = item.Image.Pixels.Length / channels;
        _mean = new float[channels];
        for (int c = 0; c < channels; c++) _mean[c] = (float)item.Image.Pixels.Floats.Slice(c * _area, _area).ToArray().Average(v => (double)v);
        _blurred = color == FillColor.Blur ? Blurred(item.Image.Pixels) : [];
    }

    /// <summary>The colors that a fill needs of a model; null where it needs none.</summary>
    public static PixelColors? ColorsFor(FillColor color, IVisionLanguageModel model) =>
        color is FillColor.Black or FillColor.White or FillColor.Random ? PixelColors.Of(model) : null;

    /// <summary>Fills values of an image.</summary>
    /// <param name="image">C x H x W values as changed so far.</param>
    /// <param name="elements">Places of the values.</param>
    /// <param name="replayed">For <see cref="FillColor.UniformScalar"/>: the number to use, or one for each channel; empty to draw it.</param>
    public void Apply(float[] image, ReadOnlySpan<int> elements, ReadOnlySpan<float> replayed = default)
    {
        float common = _color switch
        {
            FillColor.ImageMinimum => TensorPrimitives.Min<float>(image),
            FillColor.ImageMaximum => TensorPrimitives.Max<float>(image),
            FillColor.DriftingMean => MeanOf(image),
            FillColor.UniformScalar => replayed.Length > 0 ? replayed[0] : (float)_random.NextUniform(),
            _ => 0,
        };
        foreach (int e in elements)
        {
            image[e] = _color switch
            {
                FillColor.Black => _colors!.Black[e / _area],
                FillColor.White => _colors!.White[e / _area],
                FillColor.Mean => _mean[e / _area],
                FillColor.Blur => _blurred[e],
                FillColor.Random => _colors!.At(e / _area, _random.NextUniform()),
                FillColor.UniformScalar when replayed.Length > 1 => replayed[e / _area],
                _ => common,
            };
        }
    }

    /// <summary>Fills a whole image.</summary>
    public void ApplyToAll(float[] image) => Apply(image, [.. Enumerable.Range(0, image.Length)]);

    private static float[] Blurred(HostTensor pixels)
    {
        int height = (int)pixels.Shape[2], width = (int)pixels.Shape[3], area = height * width;
        float[] blurred = new float[pixels.Length];
        for (int start = 0; start < blurred.Length; start += area)
            MapRegions.Smooth(HostTensor.Of(pixels.Floats.Slice(start, area).ToArray(), height, width), BlurShare * Math.Min(height, width)).Floats.CopyTo(blurred.AsSpan(start));
        return blurred;
    }

    private static float MeanOf(float[] image)
    {
        double sum = 0;
        foreach (float v in image) sum += v;
        return (float)(sum / image.Length);
    }
}
