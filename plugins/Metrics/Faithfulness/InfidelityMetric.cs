using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Mean squared difference of what the attribution predicts for a change I of the image, the sum of I x attribution, and the change of the score f(x) - f(x - I) (Yeh et al. 2019,
/// On the (in)fidelity and sensitivity of explanations, definition 2.1). Draw: <c>noise</c> [samples, C, H, W], the changes I.
/// </summary>
/// <param name="options">Options.</param>
public sealed class InfidelityMetric(InfidelityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = 0,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Elements, options.Abs, options.Normalize);
        PixelColors? colors = options.Perturbation == InfidelityPerturbation.Noise ? null : Fill.ColorsFor(options.Fill, request.Model);
        double[][] predicted = new double[features.Length][];
        int[][] parts = new int[features.Length][];
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i =>
            {
                (Action<int, float[]> change, parts[i]) = options.Perturbation == InfidelityPerturbation.Noise ? Noise(request.Items[i]) : Squares(request.Items[i], colors);
                predicted[i] = new double[parts[i].Sum()];
                return new ChangedImages(
                    predicted[i].Length + 1,
                    (step, image) =>
                    {
                        if (step == 0) return;
                        change(step - 1, image);
                        predicted[i][step - 1] = Predicted(features[i], image);
                    },
                    // Every change says itself what it starts from.
                    Cumulative: true);
            },
            cancellationToken);
        return [.. scores.Select((s, i) => Result(predicted[i], Drops.Of(s), parts[i]))];
    }

    private static double Predicted(Features features, ReadOnlySpan<float> changed)
    {
        ReadOnlySpan<float> original = features.Item.Image.Pixels.Floats;
        double sum = 0;
        for (int e = 0; e < changed.Length; e++) sum += ((double)original[e] - changed[e]) * features.Values[e];
        return sum;
    }

    /// <summary>Makes changes, and says how many belong to each of the averages that are averaged.</summary>
    private (Action<int, float[]> Change, int[] Parts) Noise(MeasuredItem item)
    {
        HostTensor original = item.Image.Pixels;
        HostTensor? stored = item.Draws?.GetValueOrDefault("noise");
        if (stored is not null && (stored.Length == 0 || stored.Length % original.Length != 0))
            throw new PellucidException($"the noise to replay is {stored.Shape}; samples of {original.Shape} are needed");
        int count = stored is null ? options.Samples : stored.Length / original.Length;
        return (Change, [count]);

        void Change(int sample, float[] image)
        {
            if (stored is not null)
            {
                TensorPrimitives.Subtract(original.Floats, stored.Floats.Slice(sample * image.Length, image.Length), image);
                return;
            }

            SeededRandom random = SeededRandom.Fork(item.Seed, (ulong)sample);
            for (int e = 0; e < image.Length; e++) image[e] = original.Floats[e] - (float)(options.Sigma * random.NextNormal());
        }
    }

    private (Action<int, float[]> Change, int[] Parts) Squares(MeasuredItem item, PixelColors? colors)
    {
        Patches[] grids = [.. options.Sides.Select(side => new Patches(item.Image, side))];
        (Patches Grid, int Patch)[] squares = [.. grids.SelectMany(g => Enumerable.Range(0, g.Count).Select(p => (g, p)))];
        Fill fill = new(options.Fill, colors, item);
        return (Change, [.. grids.Select(g => g.Count)]);

        void Change(int number, float[] image)
        {
            (Patches grid, int patch) = squares[number];
            if (patch == 0 || options.Perturbation == InfidelityPerturbation.Squares) item.Image.Pixels.Floats.CopyTo(image);
            fill.Apply(image, grid.Elements(patch));
        }
    }

    private MetricResult Result(double[] predicted, double[] drops, int[] parts)
    {
        double sum = 0;
        int start = 0;
        foreach (int count in parts)
        {
            double[] a = predicted[start..(start + count)], d = drops[start..(start + count)];
            double norm = a.Sum(v => v * v), scale = options.Scale ? norm > 0 ? a.Zip(d, (x, y) => x * y).Sum() / norm : 0 : 1;
            sum += a.Zip(d, (x, y) => ((scale * x) - y) * ((scale * x) - y)).Average();
            start += count;
        }

        return MetricResult.Of(sum / parts.Length);
    }
}
