using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>The embeddings that stand for texts: their own, or the mean over prompts made from them.</summary>
internal static class TextEnsemble
{
    /// <summary>Prompts embedded in one run.</summary>
    private const int PromptsAtOnce = 32;

    /// <summary>Of each text, normalized: the embedding; with templates the normalized mean of the prompts' normalized embeddings.</summary>
    public static async Task<float[][]> EmbedAsync(
        IVisionLanguageModel model, IReadOnlyList<MatchingScoreTarget> targets, IReadOnlyList<string> templates, CancellationToken cancellationToken)
    {
        float[][] embeddings = new float[targets.Count][];
        for (int k = 0; k < targets.Count; k++)
        {
            string text = targets[k].Text.Tokens.Text;
            IReadOnlyList<long>[] prompts = [.. templates.Select(t => model.Tokenizer.Tokenize(t.Replace("{}", text, StringComparison.Ordinal)).Ids)];
            embeddings[k] = templates.Count == 0
                ? PatchEmbeddings.Normalized(targets[k].Text.Embedding.Floats)
                : await MeanAsync(model, HostTensor.Of([.. prompts.SelectMany(p => p)], prompts.Length, prompts[0].Count), cancellationToken);
        }

        return embeddings;
    }

    /// <summary>Of each text from stored prompts, int64 [K, P, L].</summary>
    /// <exception cref="PellucidException">They are not as many as the texts.</exception>
    public static async Task<float[][]> ReplayAsync(IVisionLanguageModel model, HostTensor ids, int texts, CancellationToken cancellationToken)
    {
        if (ids.ElementType != ElementType.Int64 || ids.Shape.Rank != 3 || ids.Shape[0] != texts)
            throw new PellucidException($"clip-surgery replays prompts as int64 token ids [texts, prompts, length]; for {texts} texts {ids} does not fit");
        float[][] embeddings = new float[texts][];
        for (int k = 0; k < texts; k++) embeddings[k] = await MeanAsync(model, ids.Rows(k, 1).Reshape(ids.Shape[1], ids.Shape[2]), cancellationToken);
        return embeddings;
    }

    private static async Task<float[]> MeanAsync(IVisionLanguageModel model, HostTensor ids, CancellationToken cancellationToken)
    {
        float[] sum = new float[model.Description.EmbeddingDimension];
        for (long start = 0; start < ids.Shape[0]; start += PromptsAtOnce)
        {
            HostTensor part = ids.Rows(start, Math.Min(PromptsAtOnce, ids.Shape[0] - start));
            foreach (float[] prompt in PatchEmbeddings.Normalized(await model.EmbedTextsAsync(part, cancellationToken))) TensorPrimitives.Add(sum, prompt, sum);
        }

        return PatchEmbeddings.Normalized(sum);
    }
}
