using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Samples from the request's seed.</summary>
internal sealed class DrawnPathSamples : IPathSamples
{
    private readonly ExplanationRequest _request;
    private readonly GradientShapOptions _options;
    private readonly BaselineColors? _colors;
    private readonly float[]?[] _fixed;

    public DrawnPathSamples(ExplanationRequest request, GradientShapOptions options)
    {
        (_request, _options) = (request, options);
        _fixed = [.. options.Baselines.Select(b => b == Baseline.Random ? null : Baseline.Of(request, b, options.Blur, new SeededRandom(request.Seed)))];
        if (Array.Exists(_fixed, f => f is null)) _colors = new BaselineColors(request.Model);
    }

    public float Draw(int sample, Span<float> start, Span<float> end)
    {
        SeededRandom random = SeededRandom.Fork(_request.Seed, (ulong)sample);
        float coefficient = (float)random.NextUniform();
        if (_fixed[random.NextInt(_fixed.Length)] is { } baseline) baseline.CopyTo(start);
        else _colors!.Fill(start, random);
        Span<float> pixels = _request.Image.Pixels.Floats;
        if (_options.Stdev == 0) pixels.CopyTo(end);
        else for (int i = 0; i < end.Length; i++) end[i] = pixels[i] + (float)(_options.Stdev * random.NextNormal());
        return coefficient;
    }
}
