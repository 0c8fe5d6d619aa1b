using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Reads scores off image embeddings.</summary>
internal static class ItemScore
{
    /// <summary>What a score needs.</summary>
    public static MetricNeeds Needs(MeasuredScore score) =>
        MetricNeeds.Evaluations | (score is MeasuredScore.Target or MeasuredScore.Logit ? MetricNeeds.None : MetricNeeds.Candidates);

    /// <summary>Smallest and largest values of a score.</summary>
    public static (double Minimum, double Maximum) Range(MeasuredScore score) =>
        score is MeasuredScore.Target or MeasuredScore.Logit ? (double.NegativeInfinity, double.PositiveInfinity) : (0, 1);

    /// <summary>Name of a score, for curves.</summary>
    public static string Name(MeasuredScore score) => score.ToString().ToLowerInvariant();

    /// <summary>Scores of embeddings for an item.</summary>
    /// <param name="model">The model.</param>
    /// <param name="item">The item.</param>
    /// <param name="wanted">Which scores.</param>
    /// <param name="embeds">[B, E] un-normalized.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each wanted score B values.</returns>
    /// <exception cref="PellucidException">The target has no text, or is no function of the image embedding.</exception>
    public static async Task<double[][]> OfAsync(
        IVisionLanguageModel model, MeasuredItem item, IReadOnlyList<MeasuredScore> wanted, HostTensor embeds, CancellationToken cancellationToken)
    {
        int rows = (int)embeds.Shape[0], width = (int)embeds.Shape[1];
        float[]? targets = wanted.Contains(MeasuredScore.Target)
            ? (await model.EvaluateEmbeddingsAsync(embeds, [item.Target], cancellationToken)).Floats.ToArray()
            : null;
        double[][] scores = [.. wanted.Select(_ => new double[rows])];
        for (int row = 0; row < rows; row++)
        {
            double[] logits = LogitsOf(model, item, embeds.Floats.Slice(row * width, width), out int own);
            for (int k = 0; k < wanted.Count; k++)
            {
                scores[k][row] = wanted[k] switch
                {
                    MeasuredScore.Target => targets![row],
                    MeasuredScore.Logit => logits.Length > 0 ? logits[own] : throw new PellucidException($"{item.Target.Describe()} has no logit of its own; use score=target"),
                    MeasuredScore.Probability => Softmax.Of<double>(logits)[own],
                    MeasuredScore.Top1 => CandidateTexts.IsAmong(logits, own, 1) ? 1 : 0,
                    _ => CandidateTexts.IsAmong(logits, own, 5) ? 1 : 0,
                };
            }
        }

        return scores;
    }

    private static double[] LogitsOf(IVisionLanguageModel model, MeasuredItem item, ReadOnlySpan<float> embedding, out int own)
    {
        own = item.Candidates is null ? 0 : item.CandidateIndex;
        if (item.Candidates is { } candidates) return candidates.Logits(model.Fusion, embedding);
        return item.Target is MatchingScoreTarget target ? [model.Fusion.Score(embedding, target.Text.Embedding.Floats, ScoreKind.Logit)] : [];
    }
}
