using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>A target with its linear form: a weighted sum of the dimensions of the un-normalized image embedding.</summary>
/// <param name="Asked">The target as asked for.</param>
/// <param name="Linear">The target that is linear in the embedding.</param>
/// <param name="Weights">[E], tau T_i.</param>
internal sealed record FusedTarget(ExplanationTarget Asked, ExplanationTarget Linear, float[] Weights)
{
    /// <summary>Whether a target has a linear form.</summary>
    public static bool Exists(ExplanationTarget target) => target is MatchingScoreTarget;

    /// <summary>The linear form of a target.</summary>
    /// <exception cref="PellucidException">It has none.</exception>
    public static FusedTarget Of(ExplanationTarget target, IVisionLanguageModel model) => target is MatchingScoreTarget match
        ? new FusedTarget(target, match with { Score = ScoreKind.Linear }, model.Fusion.DimensionWeights(match.Text.Embedding.Floats))
        : throw new PellucidException($"embedding-fusion sums over embedding dimensions with the weights of a text, and {target.Describe()} has none; ask for a matching score");

    /// <summary>Value of the target as asked for, for an image embedding.</summary>
    public double ScoreOf(ReadOnlySpan<float> embedding, IVisionLanguageModel model)
    {
        var match = (MatchingScoreTarget)Asked;
        return model.Fusion.Score(embedding, match.Text.Embedding.Floats, match.Score);
    }
}
