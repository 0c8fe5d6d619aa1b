using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>Standard normal noise of all steps: drawn from the seed, or replayed.</summary>
/// <param name="seed">The request's seed.</param>
/// <param name="stream">Keeps the noise of image and texts apart.</param>
/// <param name="replayed">[steps, samples, T, D], or null.</param>
/// <param name="name">What the replayed tensor is called, for messages.</param>
internal sealed class BottleneckNoise(ulong seed, ulong stream, HostTensor? replayed, string name)
{
    /// <summary>The samples of a step, [samples, length]; the same for every target of that length.</summary>
    /// <exception cref="PellucidException">The replayed tensor is too small.</exception>
    public float[] Step(int step, int samples, int length)
    {
        float[] noise = new float[checked(samples * length)];
        if (replayed is null)
        {
            Parallel.For(0, samples, b =>
            {
                SeededRandom random = SeededRandom.Fork(seed ^ stream, ((ulong)step << 32) | (uint)b);
                for (int i = b * length; i < (b + 1) * length; i++) noise[i] = (float)random.NextNormal();
            });
            return noise;
        }

        if (replayed.Shape.Rank != 4 || replayed.Shape[0] <= step || replayed.Shape[1] != samples || replayed.Shape[2] * replayed.Shape[3] != length)
            throw new PellucidException($"m2ib replays '{name}' as [steps, {samples}, tokens, channels] with {length} elements a sample and step {step} in it; {replayed} does not fit");
        replayed.ToFloat32().Floats.Slice(step * noise.Length, noise.Length).CopyTo(noise);
        return noise;
    }
}
