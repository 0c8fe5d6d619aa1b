using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>
/// What retrieval keeps of an image and its explained caption: who they are (the image by its pixels, captions by their tokens), their embeddings, and those of the
/// changed images or captions; all of length 1, so that products are cosines.
/// </summary>
internal static class RetrievalState
{
    /// <summary>[1 + captions, 2] int64: hashes of the image, of the explained caption, and of the image's others.</summary>
    public const string Ids = "ids";

    /// <summary>[1 + captions, E]: their embeddings.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>[points, E]: embeddings of the changed images or captions.</summary>
    public const string Changed = "changed";

    private const string ZeroEmbedding = "an embedding of the image, of a caption or of a changed one is zero";

    public static MetricTraits Traits(MetricDirection direction, MetricNeeds explained) => new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = direction,
        Needs = explained | MetricNeeds.Evaluations | MetricNeeds.Captions,
        Minimum = 0,
        Maximum = 1,
    };

    public static string? Refusal(MetricRequest request) => request.Items.All(i => i.Target is MatchingScoreTarget)
        ? null
        : "it looks for the image by the text of the target, and the target is no score with one text";

    /// <summary>Embeddings of the unchanged images of all items, and of images made of them.</summary>
    /// <returns>By item, the unchanged image first.</returns>
    public static async Task<float[][][]> EmbedImagesAsync(MetricRequest request, Func<int, ChangedImages> changes, CancellationToken cancellationToken)
    {
        float[][][] embeddings = new float[request.Items.Count][][];
        await Evaluations.EmbedAsync(
            request,
            i =>
            {
                ChangedImages plan = changes(i);
                embeddings[i] = new float[plan.Count + 1][];
                return new ChangedImages(plan.Count + 1, (point, image) => { if (point > 0) plan.Write(point - 1, image); }, plan.Cumulative);
            },
            (i, point, embedding) => embeddings[i][point] = embedding.ToArray(), afterBatch: null, cancellationToken);
        return embeddings;
    }

    /// <summary>What is kept of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="image">Embedding of its image, [E].</param>
    /// <param name="changed">Embeddings of the changed images or captions, [E] each.</param>
    public static MetricResult Of(MeasuredItem item, float[] image, IReadOnlyList<float[]> changed)
    {
        TokenizedText explained = ((MatchingScoreTarget)item.Target).Text.Tokens;
        int own = item.Captions.ToList().FindIndex(c => IdsOf(c.Tokens).SequenceEqual(IdsOf(explained)));
        if (own < 0) return MetricResult.NotApplicable("the text of the target is none of the image's captions");
        int[] order = [own, .. Enumerable.Range(0, item.Captions.Count).Where(c => c != own)];
        long[] ids = [.. HashOf(MemoryMarshal.AsBytes(item.Image.Pixels.Floats)), .. order.SelectMany(c => HashOf(MemoryMarshal.AsBytes(IdsOf(item.Captions[c].Tokens).AsSpan())))];
        float[][] fixedRows = [image, .. order.Select(c => item.Captions[c].Embedding.Floats.ToArray())];
        if (Joined(fixedRows) is not { } embeddings || Joined(changed) is not { } rows) return MetricResult.Undefined(ZeroEmbedding);
        return MetricResult.Pooled(new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [Ids] = HostTensor.Of(ids, fixedRows.Length, 2),
            [Embeddings] = HostTensor.Of(embeddings, fixedRows.Length, image.Length),
            [Changed] = HostTensor.Of(rows, changed.Count, image.Length),
        });
    }

    /// <summary>Rows of length 1 one after another; null where one is zero.</summary>
    private static float[]? Joined(IReadOnlyList<float[]> rows)
    {
        int width = rows[0].Length;
        float[] joined = new float[rows.Count * width];
        for (int r = 0; r < rows.Count; r++)
        {
            float norm = TensorPrimitives.Norm<float>(rows[r]);
            if (norm == 0) return null;
            TensorPrimitives.Divide(rows[r], norm, joined.AsSpan(r * width, width));
        }

        return joined;
    }

    private static long[] IdsOf(TokenizedText text) => [.. text.Ids.Take(text.Length)];

    private static long[] HashOf(ReadOnlySpan<byte> content) => [.. MemoryMarshal.Cast<byte, long>(SHA256.HashData(content).AsSpan(0, 16))];
}
