using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Reads scores off image embeddings.</summary>
internal static class ItemScore
{
    /// <summary>What a score needs.</summary>
    public static MetricNeeds Needs(MeasuredScore score) =>
        MetricNeeds.Evaluations | (score == MeasuredScore.Probability ? MetricNeeds.Candidates : MetricNeeds.None);

    /// <summary>Scores of embeddings for an item.</summary>
    /// <param name="model">The model.</param>
    /// <param name="item">The item.</param>
    /// <param name="score">Which score.</param>
    /// <param name="embeds">[B, E] un-normalized.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>B scores.</returns>
    /// <exception cref="PellucidException">The target has no text, or is no function of the image embedding.</exception>
    public static async Task<double[]> OfAsync(IVisionLanguageModel model, MeasuredItem item, MeasuredScore score, HostTensor embeds, CancellationToken cancellationToken)
    {
        if (score == MeasuredScore.Target)
        {
            HostTensor values = await model.EvaluateEmbeddingsAsync(embeds, [item.Target], cancellationToken);
            return [.. values.Floats.ToArray().Select(v => (double)v)];
        }

        int rows = (int)embeds.Shape[0], width = (int)embeds.Shape[1];
        double[] scores = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> embedding = embeds.Floats.Slice(i * width, width);
            scores[i] = score == MeasuredScore.Logit
                ? model.Fusion.Score(embedding, Text(item).Floats, ScoreKind.Logit)
                : PromptSet.Softmax(item.Candidates!.Logits(model.Fusion, embedding))[item.CandidateIndex];
        }

        return scores;
    }

    private static HostTensor Text(MeasuredItem item) => (item.Target as MatchingScoreTarget)?.Text.Embedding
        ?? throw new PellucidException($"{item.Target.Describe()} has no logit of its own; use score=target");
}
