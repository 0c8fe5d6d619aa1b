using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Largest change of the explanation over small random changes of the image, as a share of its norm (Yeh et al. 2019, On the (in)fidelity and sensitivity of explanations, definition 3.1). Draw: <c>noise</c>
/// [samples, C, H, W], what is added to the image.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MaxSensitivityMetric(MaxSensitivityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Robustness,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | MetricNeeds.Explainer,
        Minimum = 0,
    };

    /// <inheritdoc/>
    public string? Refusal(MetricRequest request) => options.Compare == MeasuredAttribution.Elements && request.Items.Any(i => i.Elements is null)
        ? "the explainer gives no attribution of the input's elements; use compare=map"
        : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        (int Item, int Sample)[] all = [.. request.Items.SelectMany((item, i) => Enumerable.Range(0, Samples(item)).Select(s => (i, s)))];
        double[] largest = new double[request.Items.Count];
        int next = 0;
        await foreach (IReadOnlyList<Explanation> explanations in request.Explainer!.ExplainEachAsync(all.Select(t => Changed(request, t.Item, t.Sample)), request.BatchSize, cancellationToken))
        {
            int i = all[next++].Item;
            MeasuredItem item = request.Items[i];
            float[] before = Of(item), after = Of(MeasuredItem.Of(item.Image, explanations[0]));
            double norm = TensorPrimitives.Norm<float>(before);
            if (norm > 0) largest[i] = Math.Max(largest[i], TensorPrimitives.Distance<float>(before, after) / norm);
            request.Progress?.Report((double)next / all.Length);
        }

        return [.. request.Items.Select((item, i) => TensorPrimitives.Norm<float>(Of(item)) > 0
            ? MetricResult.Of(largest[i])
            : MetricResult.Undefined("the attribution is zero everywhere: no change is a share of it"))];
    }

    private float[] Of(MeasuredItem item) => ((options.Compare == MeasuredAttribution.Elements ? item.Elements : item.Map)
        ?? throw new PellucidException("the explanation of a changed image has no map")).Floats.ToArray();

    private int Samples(MeasuredItem item) => Stored(item) is { } stored ? stored.Length / item.Image.Pixels.Length : options.Samples;

    private ExplanationRequest Changed(MetricRequest request, int index, int sample)
    {
        MeasuredItem item = request.Items[index];
        HostTensor original = item.Image.Pixels;
        float[] pixels = new float[original.Length];
        if (Stored(item) is { } stored)
        {
            TensorPrimitives.Add(original.Floats, stored.Floats.Slice(sample * pixels.Length, pixels.Length), pixels);
        }
        else
        {
            SeededRandom random = SeededRandom.Fork(item.Seed, (ulong)sample);
            for (int e = 0; e < pixels.Length; e++) pixels[e] = original.Floats[e] + (float)(options.Radius * ((2 * random.NextUniform()) - 1));
        }

        ImageInput image = item.Image with { Pixels = HostTensor.Of(pixels, original.Shape) };
        return new ExplanationRequest { Model = request.Model, Image = image, Targets = [item.Target], Seed = item.Seed, ExplainText = false };
    }

    private static HostTensor? Stored(MeasuredItem item)
    {
        if (item.Draws?.GetValueOrDefault("noise") is not { } stored) return null;
        return stored.Length > 0 && stored.Length % item.Image.Pixels.Length == 0
            ? stored
            : throw new PellucidException($"the noise to replay is {stored.Shape}; samples of {item.Image.Pixels.Shape} are needed");
    }
}
