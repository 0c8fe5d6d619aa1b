using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>
/// Model parameter randomization test with denoised maps: means over noisy images (Hedström et al. 2024, A fresh look at sanity checks for saliency maps, section 4.1). With
/// <c>compat=quantus</c> randomized maps are compared with the item's own map instead of its denoised one. See <see cref="ParameterRandomizationMetric"/>.
/// Draw: <c>noise</c> [steps x (samples - 1), C, H, W], standard normal, the steps one after another from the model itself.
/// </summary>
/// <param name="options">Options.</param>
public sealed class SmoothMprtMetric(SmoothMprtOptions options) : ParameterRandomizationMetric(options)
{
    private protected override bool ComparesWithOwn => options.Compat == Compatibility.Paper;

    private protected override async Task<float[][]> MapsAsync(MetricRequest request, IVisionLanguageModel? model, int step, CancellationToken cancellationToken)
    {
        IEnumerable<ExplanationRequest> noisy = request.Items.SelectMany(item => Enumerable.Range(0, options.Samples).Select(sample =>
            MapComparison.Of(sample == options.Samples - 1 ? item : item with { Image = Noisy(item, step, sample) }, model ?? request.Model)));
        List<float[]> means = [];
        int count = 0;
        foreach (ExplanationRequest[] chunk in noisy.Chunk(request.BatchSize))
        {
            foreach (float[] map in await MapComparison.ExplainAsync(request, chunk, cancellationToken))
            {
                if (count++ % options.Samples == 0) means.Add(map);
                else TensorPrimitives.Add(means[^1], map, means[^1]);
            }
        }

        foreach (float[] mean in means) TensorPrimitives.Divide(mean, options.Samples, mean);
        return [.. means];
    }

    private ImageInput Noisy(MeasuredItem item, int step, int sample)
    {
        HostTensor original = item.Image.Pixels;
        float[] noise = new float[original.Length];
        int number = (step * (options.Samples - 1)) + sample;
        if (item.Draws?.GetValueOrDefault("noise") is { } stored)
        {
            if (stored.Length < (number + 1) * noise.Length) throw new PellucidException($"the noise to replay is {stored.Shape}; step {step} needs {(step + 1) * (options.Samples - 1)} samples");
            stored.Floats.Slice(number * noise.Length, noise.Length).CopyTo(noise);
        }
        else
        {
            SeededRandom random = SeededRandom.Fork(item.Seed, (ulong)number);
            for (int e = 0; e < noise.Length; e++) noise[e] = (float)random.NextNormal();
        }

        float range = TensorPrimitives.Max(original.Floats) - TensorPrimitives.Min(original.Floats);
        TensorPrimitives.MultiplyAdd<float>(noise, (float)options.NoiseLevel * range, original.Floats, noise);
        return item.Image with { Pixels = HostTensor.Of(noise, original.Shape) };
    }
}
