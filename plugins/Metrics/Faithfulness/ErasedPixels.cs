using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>What deletion and insertion share.</summary>
internal static class ErasedPixels
{
    public static MetricTraits Traits(EraseOptions options, MetricDirection direction) => new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = direction,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = ItemScore.Range(options.Score).Minimum,
        Maximum = ItemScore.Range(options.Score).Maximum,
    };

    /// <summary>Pixels of each step.</summary>
    public static int[][] Steps(Features features, PixelStepOptions options)
    {
        int[] order = features.Order();
        int each = Math.Max(1, features.Count / (2 * options.Steps));
        return [.. Enumerable.Range(0, options.Steps).Select(s => options.Variant == EraseVariant.Repository
            ? order[Math.Min(order.Length, s * each)..Math.Min(order.Length, (s + 1) * each)]
            : order[Until(s)..Until(s + 1)])];

        int Until(int step) => Math.Min(features.Count, (int)Math.Round(step * options.Share * features.Count, MidpointRounding.AwayFromZero));
    }

    /// <summary>Measures: every score that the items allow is a curve, its area a detail; the one asked for is the value.</summary>
    public static async Task<IReadOnlyList<MetricResult>> MeasureAsync(
        MetricRequest request, EraseOptions options, Func<int, ChangedImages> plan, int startsWith, CancellationToken cancellationToken)
    {
        MeasuredScore[] scores = request.Items.All(i => i.Candidates is not null)
            ? [MeasuredScore.Target, MeasuredScore.Logit, MeasuredScore.Probability, MeasuredScore.Top1, MeasuredScore.Top5]
            : [options.Score];
        double[][][] values = await Evaluations.ScoresAsync(request, scores, plan, cancellationToken);
        return [.. values.Select(v =>
        {
            MetricCurve[] curves = [.. v.Select((points, k) => new MetricCurve(ItemScore.Name(scores[k]), X(options, points.Length, startsWith), points))];
            return MetricResult.Of(curves[Array.IndexOf(scores, options.Score)].Area) with
            {
                Curves = curves,
                Details = curves.ToDictionary(c => "auc " + c.Name, c => c.Area, StringComparer.Ordinal),
            };
        })];
    }

    /// <summary>Where the measured images lie on a curve: the share of the pixels that went or came.</summary>
    /// <param name="options">The steps.</param>
    /// <param name="points">Number of measured images.</param>
    /// <param name="startsWith">Steps that the first of them has behind it, as multiples of those between images.</param>
    public static double[] X(PixelStepOptions options, int points, int startsWith) => [.. Enumerable.Range(startsWith, points)
        .Select(p => options.Variant == EraseVariant.Repository ? (double)(p - startsWith) / Math.Max(1, points - 1) : p * options.Every * options.Share)];
}
