using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Numerics;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Attributions of removed parts against what their removal does.</summary>
internal static class Drops
{
    /// <summary>Why a correlation says nothing.</summary>
    public const string Constant = "the attributions of the removed parts, or the scores without them, are all equal: no correlation is defined";

    /// <summary>Pearson's correlation of attributions with score drops.</summary>
    /// <param name="attributions">Of each part.</param>
    /// <param name="scores">Score of the unchanged image, then without each part.</param>
    public static MetricResult Correlate(double[] attributions, double[] scores) =>
        MetricResult.OfOrUndefined(Correlation.Pearson(attributions, Of(scores)), Constant);

    /// <summary>Score drops.</summary>
    /// <param name="scores">Score of the unchanged image, then of the changed ones.</param>
    public static double[] Of(double[] scores) => [.. scores.Skip(1).Select(s => scores[0] - s)];
}
