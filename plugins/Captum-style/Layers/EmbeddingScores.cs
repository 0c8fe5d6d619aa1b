using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Values of targets for embeddings that were made by a changed encoder.</summary>
internal static class EmbeddingScores
{
    /// <summary>Value of a target for one image embedding, by the model's fusion rule.</summary>
    public static double Of(IGraphModel model, ReadOnlySpan<float> embedding, ExplanationTarget target) => target switch
    {
        MatchingScoreTarget score => model.Fusion.Score(embedding, score.Text.Embedding.Floats, score.Score),
        EmbeddingDimensionTarget dimension => embedding[dimension.Dimension],
        _ => throw new PellucidException($"{target.Describe()} is no function of the image embedding, so it cannot be evaluated from it"),
    };
}
