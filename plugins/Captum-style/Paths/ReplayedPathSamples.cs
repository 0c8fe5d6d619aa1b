using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Samples that were drawn elsewhere.</summary>
internal sealed class ReplayedPathSamples : IPathSamples
{
    private readonly string _prefix;
    private readonly HostTensor _pixels, _baselines, _index, _coefficient;
    private readonly HostTensor? _noise;

    private ReplayedPathSamples(ExplanationRequest request, string prefix, int samples, bool noise)
    {
        (_prefix, _pixels) = (prefix, request.Image.Pixels);
        if (noise) _noise = Required(request, "noise", ElementType.Float32, _pixels.Shape.With(0, samples));
        _baselines = Required(request, "baselines", ElementType.Float32, null);
        if (_baselines.Shape.Rank != 4 || _baselines.Shape[0] < 1 || !_baselines.Shape.Skip(1).SequenceEqual(_pixels.Shape.Skip(1)))
            throw new PellucidException($"the draw {_prefix}baselines is {_baselines.Shape}; [M, ...] of the image's shape {_pixels.Shape} is needed");
        _index = Required(request, "baseline-index", ElementType.Int64, new TensorShape(samples));
        _coefficient = Required(request, "coefficient", ElementType.Float32, new TensorShape(samples));
        foreach (long index in _index.Int64s)
        {
            if (index < 0 || index >= _baselines.Shape[0])
                throw new PellucidException($"the draw {_prefix}baseline-index names baseline {index}; there are {_baselines.Shape[0]}");
        }
    }

    /// <summary>The samples of a request; null where it has none to replay.</summary>
    /// <param name="request">The request.</param>
    /// <param name="prefix">What the draws' names start with.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="noise">Whether the image has noise on it.</param>
    /// <exception cref="PellucidException">It has some that do not fit.</exception>
    public static ReplayedPathSamples? Of(ExplanationRequest request, string prefix, int samples, bool noise) =>
        request.Draws?.Keys.Any(k => k.StartsWith(prefix, StringComparison.Ordinal)) == true ? new ReplayedPathSamples(request, prefix, samples, noise) : null;

    public float Draw(int sample, Span<float> start, Span<float> end)
    {
        int size = _pixels.Length;
        _baselines.Floats.Slice((int)_index.Int64s[sample] * size, size).CopyTo(start);
        if (_noise is null) _pixels.Floats.CopyTo(end);
        else TensorPrimitives.Add(_pixels.Floats, _noise.Floats.Slice(sample * size, size), end);
        return _coefficient.Floats[sample];
    }

    private HostTensor Required(ExplanationRequest request, string name, ElementType type, TensorShape? shape)
    {
        if (request.Draws!.GetValueOrDefault(_prefix + name) is not { } draw)
            throw new PellucidException($"the draw {_prefix}{name} is missing: all draws of a method are replayed together");
        return draw.ElementType == type && (shape is not { } needed || draw.Shape.SequenceEqual(needed))
            ? draw
            : throw new PellucidException($"the draw {_prefix}{name} is {draw}; {type}{shape} is needed");
    }
}
