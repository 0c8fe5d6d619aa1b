using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Noise;

/// <summary>Noisy copies of an image; each is the same whenever it is asked for.</summary>
internal sealed class NoisyImages
{
    private readonly HostTensor _pixels;
    private readonly HostTensor? _noise;
    private readonly ulong _seed;
    private readonly double _scale;

    /// <param name="request">The image and the seed.</param>
    /// <param name="options">How strong the noise is.</param>
    /// <param name="noise">[samples, C, H, W] to replay; null to draw.</param>
    public NoisyImages(ExplanationRequest request, NoiseTunnelOptions options, HostTensor? noise)
    {
        (_pixels, _noise, _seed) = (request.Image.Pixels, noise, request.Seed);
        _scale = options.Stdev * (options.Relative ? TensorPrimitives.Max<float>(_pixels.Floats) - TensorPrimitives.Min<float>(_pixels.Floats) : 1);
    }

    /// <summary>Makes one.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="noisy">Receives C x H x W values.</param>
    /// <returns>A seed for the explainer that is asked about it.</returns>
    public ulong Draw(int sample, Span<float> noisy)
    {
        SeededRandom random = SeededRandom.Fork(_seed, (ulong)sample);
        ulong seed = random.NextBits();
        if (_noise is not null) _noise.Rows(sample, 1).Floats.CopyTo(noisy);
        else for (int i = 0; i < noisy.Length; i++) noisy[i] = (float)(_scale * random.NextNormal());
        TensorPrimitives.Add(_pixels.Floats, noisy, noisy);
        return seed;
    }
}
