using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Samples from the request's seed.</summary>
internal sealed class DrawnPathSamples : IPathSamples
{
    private readonly ExplanationRequest _request;
    private readonly double _deviation;
    private readonly int _count;
    private readonly Func<int, float[]?> _baseline;
    private readonly Lazy<PixelColors> _colors;

    /// <param name="request">The image and the seed.</param>
    /// <param name="count">How many baselines there are; each sample draws one.</param>
    /// <param name="baseline">A baseline by its number, C x H x W values; null for new random colors.</param>
    /// <param name="deviation">Standard deviation of the noise on the image; 0 for none.</param>
    public DrawnPathSamples(ExplanationRequest request, int count, Func<int, float[]?> baseline, double deviation)
    {
        (_request, _count, _baseline, _deviation) = (request, count, baseline, deviation);
        _colors = new Lazy<PixelColors>(() => PixelColors.Of(request.Model));
    }

    /// <summary>What a sample draws first: its place on the path and the number of its baseline.</summary>
    public static (float Coefficient, int Baseline, SeededRandom Random) Choose(ulong seed, int sample, int baselines)
    {
        SeededRandom random = SeededRandom.Fork(seed, (ulong)sample);
        float coefficient = (float)random.NextUniform();
        return (coefficient, random.NextInt(baselines), random);
    }

    public float Draw(int sample, Span<float> start, Span<float> end)
    {
        (float coefficient, int number, SeededRandom random) = Choose(_request.Seed, sample, _count);
        if (_baseline(number) is { } baseline) baseline.CopyTo(start);
        else RandomColors.Fill(_colors.Value, start, random);
        Span<float> pixels = _request.Image.Pixels.Floats;
        if (_deviation == 0) pixels.CopyTo(end);
        else for (int i = 0; i < end.Length; i++) end[i] = pixels[i] + (float)(_deviation * random.NextNormal());
        return coefficient;
    }
}
