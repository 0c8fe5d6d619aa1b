using System.Numerics.Tensors;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Iterative removal of features: area over the score, as a share of the unchanged image's, while superpixels are filled, most relevant on average first (Rieger, Hansen 2020, IROF: a low
/// resource evaluation metric for explanation methods, section 3). Draw: <c>segments</c> [H, W], a number for each superpixel.
/// </summary>
/// <param name="options">Options.</param>
public sealed class IrofMetric(IrofOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Maximum = options.Area == AreaScale.Normalized ? 1 : double.PositiveInfinity,
        BatchDependence = options.Compat == Compatibility.Quantus ? "compat=quantus fills with the mean of all images measured at once; take compat=paper, which fills with the image's own" : null,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        int[][][] segments = [.. request.Items.Select(Ordered)];
        float[]? common = options.Compat == Compatibility.Quantus ? CommonMeans(request, segments) : null;
        PixelColors? colors = common is null ? Fill.ColorsFor(options.Fill, request.Model) : null;
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i =>
            {
                Fill fill = new(options.Fill, colors, request.Items[i]);
                return new ChangedImages(
                    segments[i].Length + 1,
                    (step, image) =>
                    {
                        if (step == 0) return;
                        if (common is null) fill.Apply(image, segments[i][step - 1]);
                        else foreach (int e in segments[i][step - 1]) image[e] = common[step - 1];
                    },
                    Cumulative: true);
            },
            cancellationToken);
        // The library goes on until the image with the most superpixels is done; the others have a score of 0 from where they end.
        int last = common is null ? 0 : common.Length;
        return [.. scores.Select(s => Result([.. s, .. Enumerable.Repeat(0.0, Math.Max(0, last + 1 - s.Length))], s.Length - 1))];
    }

    private MetricResult Result(double[] scores, int segments)
    {
        if (scores[0] <= 0) return MetricResult.Undefined("the score of the unchanged image is not positive: shares of it mean nothing");
        MetricCurve curve = Curves.Of($"share of the {ItemScore.Name(options.Score)}", [.. scores.Select(s => s / scores[0])]);
        double whole = options.Area == AreaScale.Normalized ? 1 : segments;
        return MetricResult.Of(whole - Curves.Area(curve, options.Area)) with { Curves = [curve] };
    }

    /// <summary>Places of the values of each superpixel, highest mean attribution first.</summary>
    private int[][] Ordered(MeasuredItem item)
    {
        float[] map = item.Map!.Floats.ToArray();
        if (options.Abs) TensorPrimitives.Abs(map, map);
        int[] labels = Labels(item);
        int channels = item.Image.Pixels.Length / map.Length;
        return [.. Enumerable.Range(0, map.Length).GroupBy(p => labels[p]).OrderBy(g => g.Key)
            .Select(g => (Pixels: g.ToArray(), Mean: g.Average(p => (double)map[p])))
            .OrderByDescending(s => s.Mean)
            .Select(s => Enumerable.Range(0, channels).SelectMany(c => s.Pixels.Select(p => (c * map.Length) + p)).ToArray())];
    }

    private int[] Labels(MeasuredItem item)
    {
        if (item.Draws?.GetValueOrDefault("segments") is not { } stored) return Cut(item.Image);
        return stored.Length == item.Map!.Length
            ? [.. stored.ToFloat32().Floats.ToArray().Select(v => (int)v)]
            : throw new PellucidException($"the superpixels to replay are {stored.Shape}, the map {item.Map.Shape}");
    }

    /// <summary>Superpixels of the image as the model takes it, in its normalized colors.</summary>
    private int[] Cut(ImageInput image)
    {
        int height = image.Size.Height, width = image.Size.Width, area = height * width, channels = (int)image.Pixels.Shape[1];
        double[][] colors = [.. Enumerable.Range(0, area).Select(p => Enumerable.Range(0, channels).Select(c => (double)image.Pixels.Floats[(c * area) + p]).ToArray())];
        return Superpixels.Of(colors, height, width, options.Segments, options.Compactness);
    }

    /// <summary>The mean over all images before each step, all of them changed in step; those without superpixels left stay as they are.</summary>
    private static float[] CommonMeans(MetricRequest request, int[][][] segments)
    {
        float[][] images = [.. request.Items.Select(i => i.Image.Pixels.Floats.ToArray())];
        double[] sums = [.. images.Select(v => v.Sum(x => (double)x))];
        float[] means = new float[segments.Max(s => s.Length)];
        for (int step = 0; step < means.Length; step++)
        {
            means[step] = (float)(sums.Sum() / images.Sum(v => v.Length));
            for (int i = 0; i < images.Length; i++)
            {
                if (step >= segments[i].Length) continue;
                foreach (int e in segments[i][step])
                {
                    sums[i] += (double)means[step] - images[i][e];
                    images[i][e] = means[step];
                }
            }
        }

        return means;
    }
}
