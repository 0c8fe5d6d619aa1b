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
    /// <exception cref="PellucidException">A target does not fit the model, or is of a kind that is not known here.</exception>
    public static async Task<HostTensor> EvaluateAsync(
        this IVisionLanguageModel model, HostTensor pixels, IReadOnlyList<ExplanationTarget> targets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(targets);
        TapTarget[] taps = [.. targets.OfType<TapTarget>()];
        if (taps.Length == 0) return await model.EvaluateEmbeddingsAsync(await model.EmbedImagesAsync(pixels, cancellationToken), targets, cancellationToken);
        if (taps.Length < targets.Count) throw new PellucidException("taps and other targets cannot share a run: explain them one after the other");
        return await EvaluateTapsAsync(model, pixels, taps, cancellationToken);
    }

    /// <summary>Values of K targets for B embeddings that are there already.</summary>
    /// <param name="model">The model that made them.</param>
    /// <param name="embeds">[B, E] un-normalized image embeddings.</param>
    /// <param name="targets">K targets.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[B, K].</returns>
    /// <exception cref="PellucidException">A target is no function of the image embedding, or does not fit the model.</exception>
    public static async Task<HostTensor> EvaluateEmbeddingsAsync(
        this IVisionLanguageModel model, HostTensor embeds, IReadOnlyList<ExplanationTarget> targets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(embeds);
        ArgumentNullException.ThrowIfNull(targets);
        int batch = (int)embeds.Shape[0], count = targets.Count;
        float[] values = new float[batch * count];
        for (int k = 0; k < count; k++)
        {
            if (targets[k] is not EmbeddingTarget target)
                throw new PellucidException($"{targets[k].Describe()} is no function of the image embedding, so it cannot be evaluated from it");
            float[] column = await target.EvaluateAsync(model.Fusion, embeds, cancellationToken);
            for (int b = 0; b < batch; b++) values[(b * count) + k] = column[b];
        }

        return HostTensor.Of(values, batch, count);
    }

    private static async Task<HostTensor> EvaluateTapsAsync(IVisionLanguageModel model, HostTensor pixels, TapTarget[] targets, CancellationToken cancellationToken)
    {
        if (model is not ITappedModel tapped)
            throw new PellucidException($"model '{model.Description.Id}' has no taps, so {targets[0].Describe()} cannot be evaluated");
        string[] names = [.. targets.Select(t => t.Tap).Distinct(StringComparer.Ordinal)];
        IReadOnlyDictionary<string, HostTensor> read = await tapped.ReadTapsAsync(Modality.Image, pixels, names, cancellationToken);
        int batch = (int)pixels.Shape[0];
        float[] values = new float[batch * targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            HostTensor tensor = read[targets[k].Tap];
            if (tensor.Shape.Rank == 0 || tensor.Shape[0] != batch)
                throw new PellucidException($"{targets[k].Describe()} is {tensor.Shape} for {batch} image{(batch == 1 ? string.Empty : "s")}: its first axis does not count images, so no element belongs to one");
            int offset = targets[k].OffsetIn(tensor.Shape), size = tensor.Length / batch;
            for (int b = 0; b < batch; b++) values[(b * targets.Length) + k] = tensor.Floats[(b * size) + offset];
        }

        return HostTensor.Of(values, batch, targets.Length);
    }
}
