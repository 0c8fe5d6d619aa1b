using System.Numerics.Tensors;
using Pellucid.Abstractions.Numerics;

namespace Pellucid.Plugins.GradEclip;

/// <summary>The equations of Grad-ECLIP (Zhao et al. 2024, section 3), for one image or text and one block.</summary>
internal static class GradEclipEquations
{
    /// <summary>s_i = w_i sum_c g_c v_ic (eq. 7 without its rectification), for tokens first to first + count.</summary>
    /// <param name="gradient">g, [D].</param>
    /// <param name="values">v, [N, D].</param>
    /// <param name="weights">w, [count].</param>
    /// <param name="first">First token.</param>
    /// <param name="scores">s, [count].</param>
    public static void Scores(ReadOnlySpan<float> gradient, ReadOnlySpan<float> values, ReadOnlySpan<float> weights, int first, Span<float> scores)
    {
        int width = gradient.Length;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = weights[i] * TensorPrimitives.Dot(gradient, values.Slice((first + i) * width, width));
        }
    }

    /// <summary>
    /// w_i: similarity of the query with key i, min-max normalized over the given tokens (eq. 8). Where all are equal, as with a
    /// single patch, the normalization divides zero by zero: w is then NaN, and the caller reports the map as undefined.
    /// </summary>
    public static float[] SimilarityWeights(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, int first, int count, QueryKeySimilarity similarity)
    {
        int width = query.Length;
        float[] w = new float[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> key = keys.Slice((first + i) * width, width);
            w[i] = similarity == QueryKeySimilarity.Cosine ? TensorPrimitives.CosineSimilarity(query, key) : TensorPrimitives.Dot(query, key);
        }

        float low = TensorPrimitives.Min<float>(w), high = TensorPrimitives.Max<float>(w);
        TensorPrimitives.Subtract(w, low, w);
        TensorPrimitives.Divide(w, high - low, w);
        return w;
    }

    /// <summary>
    /// w_i as the attention of the selected token: softmax over all visible tokens, mean over heads, cropped to the given ones.
    /// </summary>
    /// <param name="query">[D].</param>
    /// <param name="keys">[N, D].</param>
    /// <param name="heads">Heads of the explained function.</param>
    /// <param name="first">First token wanted.</param>
    /// <param name="count">Tokens wanted.</param>
    /// <param name="visible">Tokens that the selected one attends to: all for an image, those up to it for a causal text.</param>
    public static float[] AttentionWeights(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, int heads, int first, int count, int visible)
    {
        int width = query.Length, headWidth = width / heads;
        float scale = (float)(1 / Math.Sqrt(headWidth));
        float[] mean = new float[keys.Length / width], logits = new float[visible];
        for (int h = 0; h < heads; h++)
        {
            ReadOnlySpan<float> q = query.Slice(h * headWidth, headWidth);
            for (int i = 0; i < visible; i++) logits[i] = scale * TensorPrimitives.Dot(q, keys.Slice((i * width) + (h * headWidth), headWidth));
            TensorPrimitives.MultiplyAdd(Softmax.Of<float>(logits), 1f / heads, mean.AsSpan(0, visible), mean.AsSpan(0, visible));
        }

        return mean.AsSpan(first, count).ToArray();
    }
}
