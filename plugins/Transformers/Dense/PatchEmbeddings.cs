using System.Numerics.Tensors;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>Every token in the joint space: what the encoder makes of the class token, made of each.</summary>
internal static class PatchEmbeddings
{
    /// <summary>
    /// Appends the embeddings of tokens that stand where the last block's output stands: each takes the class token's place in an
    /// image of its own, so the final normalization and projection are the encoder's.
    /// </summary>
    /// <param name="g">The encoder with targets.</param>
    /// <param name="target">What it was made from.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="tokens">[1, N, D].</param>
    /// <returns>[N, E], un-normalized.</returns>
    public static Value Append(GraphBuilder g, TargetGraph target, TransformerLayout layout, Value tokens)
    {
        Value each = g.Reshape(tokens, -1, 1, layout.Width);
        var replacement = new Dictionary<string, Value>(StringComparer.Ordinal) { [g.Find(layout.Tap(layout.Blocks - 1, "output")).Name] = each };
        return g.Fork(replacement, [target.Embedding])[target.Embedding];
    }

    /// <summary>Rows divided by their L2 norm.</summary>
    public static float[][] Normalized(HostTensor rows)
    {
        int width = (int)rows.Shape[1];
        return [.. Enumerable.Range(0, (int)rows.Shape[0]).Select(i => Normalized(rows.Floats.Slice(i * width, width)))];
    }

    /// <summary>A vector divided by its L2 norm.</summary>
    public static float[] Normalized(ReadOnlySpan<float> vector)
    {
        float[] normalized = new float[vector.Length];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), normalized);
        return normalized;
    }
}
