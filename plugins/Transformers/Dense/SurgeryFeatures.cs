using System.Numerics.Tensors;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>Similarities of tokens and texts with and without redundant features (Li et al. 2023, section 3.3). All vectors are normalized.</summary>
internal static class SurgeryFeatures
{
    /// <summary>Factor on the cosines before the softmax over texts, as published.</summary>
    private const float Sharpness = 2;

    /// <summary>Token embeddings [N, E] with each channel divided by its norm over the tokens.</summary>
    public static float[][] ByChannel(HostTensor tokens)
    {
        int count = (int)tokens.Shape[0], width = (int)tokens.Shape[1];
        double[] squares = new double[width];
        for (int i = 0; i < tokens.Length; i++) squares[i % width] += (double)tokens.Floats[i] * tokens.Floats[i];
        float[][] rows = new float[count][];
        for (int n = 0; n < count; n++)
        {
            rows[n] = tokens.Floats.Slice(n * width, width).ToArray();
            for (int c = 0; c < width; c++) rows[n][c] = (float)(rows[n][c] / Math.Sqrt(squares[c]));
        }

        return rows;
    }

    /// <summary>Of each text, the inner product with each token.</summary>
    public static float[][] Plain(float[][] tokens, float[][] texts) =>
        [.. texts.Select(t => tokens.Select(f => TensorPrimitives.Dot<float>(f, t)).ToArray())];

    /// <summary>The same with one text's embedding taken from all: F (T - redundant)^T.</summary>
    public static float[][] AgainstOne(float[][] tokens, float[][] texts, float[] redundant)
    {
        float[][] remaining = [.. texts.Select(t =>
        {
            float[] difference = new float[t.Length];
            TensorPrimitives.Subtract<float>(t, redundant, difference);
            return difference;
        })];
        return Plain(tokens, remaining);
    }

    /// <summary>
    /// Taken away is the mean over the texts, each weighted by how much the class token speaks for it:
    /// s_nt = w_t F_n T_t - mean_u w_u F_n T_u, with w = softmax_t(2 F_cls T_t) divided by its mean.
    /// </summary>
    public static float[][] AgainstTexts(float[][] tokens, float[][] texts)
    {
        float[][] plain = Plain(tokens, texts);
        float[] weights = Softmax.Of<float>([.. plain.Select(s => Sharpness * s[0])]);
        TensorPrimitives.Multiply(weights, texts.Length, weights);
        for (int t = 0; t < texts.Length; t++) TensorPrimitives.Multiply(plain[t], weights[t], plain[t]);
        for (int n = 0; n < tokens.Length; n++)
        {
            double mean = plain.Average(s => (double)s[n]);
            for (int t = 0; t < texts.Length; t++) plain[t][n] = (float)(plain[t][n] - mean);
        }

        return plain;
    }
}
