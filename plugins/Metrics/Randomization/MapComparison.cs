using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Explains the items of a request again and compares maps.</summary>
internal static class MapComparison
{
    /// <summary>Why two maps have no similarity.</summary>
    public const string Constant = "a map is constant: it has no similarity with another";

    /// <summary>Maps of images, in full batches.</summary>
    public static async Task<float[][]> ExplainAsync(MetricRequest request, IEnumerable<ExplanationRequest> asked, CancellationToken cancellationToken)
    {
        List<float[]> maps = [];
        ExplanationRequest[] all = [.. asked];
        await foreach (IReadOnlyList<Explanation> explanations in request.Explainer!.ExplainEachAsync(all, request.BatchSize, cancellationToken))
        {
            HostTensor map = MeasuredItem.Of(all[maps.Count].Image, explanations[0]).Map ?? throw new PellucidException("the explainer gives no map over the image");
            maps.Add(map.Floats.ToArray());
        }

        return [.. maps];
    }

    /// <summary>Asks for an item's explanation by another model.</summary>
    public static ExplanationRequest Of(MeasuredItem item, IVisionLanguageModel model) =>
        new() { Model = model, Image = item.Image, Targets = [item.Target], Seed = item.Seed, ExplainText = false };

    /// <summary>Copies of the items' own maps.</summary>
    public static float[][] Own(MetricRequest request) => [.. request.Items.Select(i => i.Map!.Floats.ToArray())];

    /// <summary>Scales maps in place, and drops their signs where asked.</summary>
    public static float[][] Scaled(float[][] maps, RandomizationOptions options)
    {
        MapScaling.Apply(maps, options.Normalize);
        if (options.Abs) foreach (float[] map in maps) TensorPrimitives.Abs(map, map);
        return maps;
    }

    /// <summary>Similarity; NaN where it is undefined.</summary>
    public static double Similarity(SimilarityMeasure measure, float[] a, float[] b, TensorShape shape) => measure switch
    {
        SimilarityMeasure.Spearman => MapSimilarity.Spearman(a, b),
        SimilarityMeasure.Pearson => MapSimilarity.Pearson(a, b),
        SimilarityMeasure.Cosine => MapSimilarity.Cosine(a, b),
        SimilarityMeasure.SsimFlat => MapSimilarity.Ssim(HostTensor.Of(a, a.Length), HostTensor.Of(b, b.Length)),
        _ => MapSimilarity.Ssim(HostTensor.Of(a, shape), HostTensor.Of(b, shape), measure == SimilarityMeasure.Ssim ? SsimWindow.Gaussian : SsimWindow.Uniform),
    };
}
