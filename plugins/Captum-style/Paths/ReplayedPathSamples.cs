using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Samples that were drawn elsewhere.</summary>
internal sealed class ReplayedPathSamples : IPathSamples
{
    private const string Prefix = "gradient-shap.";

    private readonly HostTensor _pixels, _noise, _baselines, _index, _coefficient;

    private ReplayedPathSamples(ExplanationRequest request, int samples)
    {
        _pixels = request.Image.Pixels;
        _noise = Required(request, "noise", ElementType.Float32, _pixels.Shape.With(0, samples));
        _baselines = Required(request, "baselines", ElementType.Float32, null);
        if (_baselines.Shape.Rank != 4 || _baselines.Shape[0] < 1 || !_baselines.Shape.Skip(1).SequenceEqual(_pixels.Shape.Skip(1)))
            throw new PellucidException($"the draw {Prefix}baselines is {_baselines.Shape}; [M, ...] of the image's shape {_pixels.Shape} is needed");
        _index = Required(request, "baseline-index", ElementType.Int64, new TensorShape(samples));
        _coefficient = Required(request, "coefficient", ElementType.Float32, new TensorShape(samples));
        foreach (long index in _index.Int64s)
        {
            if (index < 0 || index >= _baselines.Shape[0])
                throw new PellucidException($"the draw {Prefix}baseline-index names baseline {index}; there are {_baselines.Shape[0]}");
        }
    }

    /// <summary>The samples of a request; null where it has none to replay.</summary>
    /// <exception cref="PellucidException">It has some that do not fit.</exception>
    public static ReplayedPathSamples? Of(ExplanationRequest request, int samples) =>
        request.Draws?.Keys.Any(k => k.StartsWith(Prefix, StringComparison.Ordinal)) == true ? new ReplayedPathSamples(request, samples) : null;

    public float Draw(int sample, Span<float> start, Span<float> end)
    {
        int size = _pixels.Length;
        _baselines.Floats.Slice((int)_index.Int64s[sample] * size, size).CopyTo(start);
        TensorPrimitives.Add(_pixels.Floats, _noise.Floats.Slice(sample * size, size), end);
        return _coefficient.Floats[sample];
    }

    private static HostTensor Required(ExplanationRequest request, string name, ElementType type, TensorShape? shape)
    {
        if (request.Draws!.GetValueOrDefault(Prefix + name) is not { } draw)
            throw new PellucidException($"the draw {Prefix}{name} is missing: noise, baselines, baseline-index and coefficient are replayed together");
        return draw.ElementType == type && (shape is not { } needed || draw.Shape.SequenceEqual(needed))
            ? draw
            : throw new PellucidException($"the draw {Prefix}{name} is {draw}; {type}{shape} is needed");
    }
}
