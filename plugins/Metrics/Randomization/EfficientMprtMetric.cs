using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>
/// Rise of the map's complexity, as a share, when all layers are randomized; complexity is the entropy (in nats) of the histogram of its values (Hedström et al. 2024, A fresh look at sanity checks for
/// saliency maps, section 4.2). At least -1, higher is better. Undefined where the map's values all lie in one bin. Details: the complexities, and with candidate texts the entropies of
/// the model's probabilities. Draws as for <see cref="ParameterRandomizationMetric"/>.
/// </summary>
/// <param name="options">Options.</param>
public sealed class EfficientMprtMetric(EfficientMprtOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Randomization,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | MetricNeeds.Explainer | MetricNeeds.EditableModel,
        Minimum = -1,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        MetricResult[] results = new MetricResult[request.Items.Count];
        foreach (IGrouping<ImageSize, int> size in Enumerable.Range(0, results.Length).GroupBy(i => request.Items[i].Image.Size))
        {
            int[] rows = [.. size];
            MetricRequest part = request with { Items = [.. rows.Select(i => request.Items[i])] };
            LayerRandomization randomization = new((IEditableModel)request.Model, size.Key, options, part.Items[0].Draws);
            IEditableModel model = randomization.With([.. randomization.Layers]);
            float[][] before = MapComparison.Scaled(MapComparison.Own(part), options);
            float[][] after = MapComparison.Scaled(await MapComparison.ExplainAsync(part, part.Items.Select(i => MapComparison.Of(i, model)), cancellationToken), options);
            double[] certain = await EntropiesAsync(part, request.Model, cancellationToken), random = await EntropiesAsync(part, model, cancellationToken);
            for (int k = 0; k < rows.Length; k++) results[rows[k]] = Result(Entropy(before[k]), Entropy(after[k]), certain[k], random[k]);
        }

        return results;
    }

    private static MetricResult Result(double before, double after, double modelBefore, double modelAfter) =>
        MetricResult.OfOrUndefined((after - before) / before, "all values of the map lie in one bin: its complexity is zero") with
        {
            Details = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["explanation-before"] = before,
                ["explanation-after"] = after,
                ["model-before"] = modelBefore,
                ["model-after"] = modelAfter,
            },
        };

    private static async Task<double[]> EntropiesAsync(MetricRequest request, IVisionLanguageModel model, CancellationToken cancellationToken)
    {
        double[] entropies = [.. Enumerable.Repeat(double.NaN, request.Items.Count)];
        EvaluationQueue queue = new(model, request.BatchSize, cancellationToken);
        for (int i = 0; i < entropies.Length; i++)
        {
            int place = i;
            MeasuredItem item = request.Items[i];
            if (item.Candidates is not { } candidates) continue;
            await queue.AddAsync(item.Image.Pixels.Floats, item.Image.Pixels.Shape, embedding => entropies[place] = Entropy(Softmax.Of<double>(candidates.Logits(model.Fusion, embedding))));
        }

        await queue.FlushAsync();
        return entropies;
    }

    private static double Entropy(IEnumerable<double> shares) => Math.Max(0, -shares.Where(p => p > 0).Sum(p => p * Math.Log(p)));

    /// <summary>Entropy of the histogram with equal bins between the smallest and the largest value, which belongs to the last bin; edges are float32 as the values are.</summary>
    private double Entropy(float[] map)
    {
        double low = TensorPrimitives.Min<float>(map), high = TensorPrimitives.Max<float>(map), width = (high - low) / options.Bins;
        if (low == high) return 0;
        int[] counts = new int[options.Bins];
        foreach (float v in map)
        {
            int bin = Math.Min(options.Bins - 1, (int)((v - low) / width));
            while (bin > 0 && v < Edge(bin)) bin--;
            while (bin < options.Bins - 1 && v >= Edge(bin + 1)) bin++;
            counts[bin]++;
        }

        return Entropy(counts.Select(c => (double)c / map.Length));

        float Edge(int bin) => (float)(low + (bin * width));
    }
}
