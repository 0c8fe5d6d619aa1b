using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Samples from the request's seed.</summary>
internal sealed class DrawnPathSamples : IPathSamples
{
    private readonly ExplanationRequest _request;
    private readonly double _deviation;
    private readonly BaselineColors? _colors;
    private readonly float[]?[] _baselines;

    /// <param name="request">The image and the seed.</param>
    /// <param name="baselines">Of which each sample draws one; null for new random colors.</param>
    /// <param name="deviation">Standard deviation of the noise on the image; 0 for none.</param>
    public DrawnPathSamples(ExplanationRequest request, float[]?[] baselines, double deviation)
    {
        (_request, _baselines, _deviation) = (request, baselines, deviation);
        if (Array.Exists(baselines, b => b is null)) _colors = new BaselineColors(request.Model);
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
        (float coefficient, int number, SeededRandom random) = Choose(_request.Seed, sample, _baselines.Length);
        if (_baselines[number] is { } baseline) baseline.CopyTo(start);
        else _colors!.Fill(start, random);
        Span<float> pixels = _request.Image.Pixels.Floats;
        if (_deviation == 0) pixels.CopyTo(end);
        else for (int i = 0; i < end.Length; i++) end[i] = pixels[i] + (float)(_deviation * random.NextNormal());
        return coefficient;
    }
}
