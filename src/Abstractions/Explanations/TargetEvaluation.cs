using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>Values of targets for any images: all that methods need which only evaluate the model.</summary>
public static class TargetEvaluation
{
    /// <summary>Values of K targets for B images, from one forward pass of each image.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pixels">[B, C, H, W].</param>
    /// <param name="targets">K targets.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[B, K].</returns>
    /// <exception cref="PellucidException">A target needs more than the image embedding.</exception>
    public static async Task<HostTensor> EvaluateAsync(
        this IVisionLanguageModel model, HostTensor pixels, IReadOnlyList<ExplanationTarget> targets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(targets);
        HostTensor embeds = await model.EmbedImagesAsync(pixels, cancellationToken);
        int batch = (int)embeds.Shape[0], width = (int)embeds.Shape[1];
        float[] values = new float[batch * targets.Count];
        for (int b = 0; b < batch; b++)
        {
            for (int k = 0; k < targets.Count; k++) values[(b * targets.Count) + k] = Value(model, embeds.Floats.Slice(b * width, width), targets[k]);
        }

        return HostTensor.Of(values, batch, targets.Count);
    }

    private static float Value(IVisionLanguageModel model, ReadOnlySpan<float> embedding, ExplanationTarget target) => target switch
    {
        MatchingScoreTarget score => (float)model.Fusion.Score(embedding, score.Text.Embedding.Floats, score.Score),
        EmbeddingDimensionTarget d when d.Dimension >= 0 && d.Dimension < embedding.Length => embedding[d.Dimension],
        EmbeddingDimensionTarget d => throw new PellucidException($"embedding dimension {d.Dimension} does not exist: the image embedding has dimensions 0 to {embedding.Length - 1}"),
        _ => throw new PellucidException($"{target.Describe()} is no function of the image embedding, so it cannot be evaluated from it"),
    };
}
