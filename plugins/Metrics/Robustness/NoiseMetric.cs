using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>What metrics share that explain noisy images. Draw: <c>noise</c> [samples, C, H, W], what is added to the image.</summary>
/// <param name="options">Options.</param>
public abstract class NoiseMetric(NoiseOptions options) : RobustnessMetric(options)
{
    private protected override int Count(MeasuredItem item) => Stored(item) is { } stored ? stored.Length / item.Image.Pixels.Length : options.Samples;

    private protected override void Change(MetricRequest request, MeasuredItem item, int step, float[] pixels)
    {
        if (Stored(item) is { } stored)
        {
            TensorPrimitives.Add(pixels, stored.Floats.Slice(step * pixels.Length, pixels.Length), pixels);
            return;
        }

        SeededRandom random = SeededRandom.Fork(item.Seed, (ulong)step);
        for (int e = 0; e < pixels.Length; e++)
        {
            pixels[e] += (float)(options.Radius * options.Noise switch
            {
                NoiseKind.Normal => random.NextNormal(),
                NoiseKind.Positive => 0.1 + (0.9 * random.NextUniform()),
                _ => (2 * random.NextUniform()) - 1,
            });
        }
    }

    private static HostTensor? Stored(MeasuredItem item)
    {
        if (item.Draws?.GetValueOrDefault("noise") is not { } stored) return null;
        return stored.Length > 0 && stored.Length % item.Image.Pixels.Length == 0
            ? stored
            : throw new PellucidException($"the noise to replay is {stored.Shape}; samples of {item.Image.Pixels.Shape} are needed");
    }
}
