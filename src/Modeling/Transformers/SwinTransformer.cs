using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Transformers;

/// <summary>
/// Swin (Liu et al. 2021, "Swin transformer: hierarchical vision transformer using shifted windows") as Hugging Face's <c>SwinModel</c>
/// computes it, without absolute positions; GELU with erf. Windows stay an axis of their own, beside the batch.
/// </summary>
public static class SwinTransformer
{
    /// <summary>
    /// Appends patches, stages and the mean over the last tokens. Taps: <c>{prefix}.patch_embed</c>, <c>{prefix}.stage{s}.block{b}</c>,
    /// <c>{prefix}.stage{s}</c> (behind its patch merging), <c>{prefix}.layernorm</c> [B, tokens, C], <c>{prefix}.pooler_output</c> [B, C],
    /// and <c>{prefix}.stage{s}.block{b}.attn.probabilities</c> [B, windows, heads, tokens of a window, tokens of a window].
    /// </summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="pixels">[B, C, H, W] with fixed H and W, multiples of <see cref="SwinWeights.Step"/>.</param>
    /// <param name="w">Weights.</param>
    /// <param name="epsilon">Epsilon of every layer norm (1e-5 for the published models).</param>
    /// <param name="prefix">Tap and weight name prefix.</param>
    /// <returns>[B, channels of the last stage].</returns>
    /// <exception cref="PellucidException">The image cannot be cut evenly, or a stage's grid is smaller than a window.</exception>
    public static Value Append(GraphBuilder g, Value pixels, SwinWeights w, float epsilon, string prefix)
    {
        long height = pixels.Shape[2], width = pixels.Shape[3];
        if (height < 1 || width < 1 || height % w.Step != 0 || width % w.Step != 0)
            throw new PellucidException($"images of {height}x{width} pixels do not fit the image encoder: give sides that are multiples of {w.Step}");
        int rows = (int)height / w.Patch, columns = (int)width / w.Patch;
        Value x = VisionTransformer.EmbedPatches(g, pixels, w.PatchEmbedding, rows, columns);
        x = g.AppendNorm(x, $"{prefix}.patch_norm", w.EmbeddingNorm, epsilon);
        g.Tap($"{prefix}.patch_embed", x);
        for (int s = 0; s < w.Stages.Count; s++)
        {
            string stage = $"{prefix}.stage{s}";
            for (int b = 0; b < w.Stages[s].Blocks.Count; b++)
            {
                SwinBlockWeights block = w.Stages[s].Blocks[b];
                x = Block(g, x, $"{stage}.block{b}", block, new SwinWindows(rows, columns, block.Window, shifted: b % 2 == 1), epsilon);
            }

            if (w.Stages[s].Merge is { } merge)
            {
                x = Merge(g, x, $"{stage}.merge", merge, rows, columns, epsilon);
                (rows, columns) = (rows / 2, columns / 2);
            }

            g.Tap(stage, x);
        }

        x = g.AppendNorm(x, $"{prefix}.norm", w.FinalNorm, epsilon);
        g.Tap($"{prefix}.layernorm", x);
        Value pooled = g.ReduceMean(x, [1], keepDimensions: false);
        g.Tap($"{prefix}.pooler_output", pooled);
        return pooled;
    }

    private static Value Block(GraphBuilder g, Value x, string name, SwinBlockWeights w, SwinWindows windows, float epsilon)
    {
        BlockWeights block = w.Block;
        Value cut = windows.Cut(g, g.AppendNorm(x, name + ".ln_1", block.AttentionNorm, epsilon));
        Value mixed = Attention(g, cut, name + ".attn", w, windows);
        Value attended = g.Add(x, windows.Join(g, g.AppendLinear(mixed, name + ".attn.out_proj", block.Output)));
        Value hidden = g.AppendLinear(g.AppendNorm(attended, name + ".ln_2", block.FeedForwardNorm, epsilon), name + ".mlp.expand", block.Expand);
        Value y = g.Add(attended, g.AppendLinear(g.Gelu(hidden), name + ".mlp.contract", block.Contract));
        g.Tap(name, y);
        return y;
    }

    /// <summary>Attention within each window: [B, windows, tokens, C] to the same.</summary>
    private static Value Attention(GraphBuilder g, Value x, string name, SwinBlockWeights w, SwinWindows windows)
    {
        long count = x.Shape[1], width = x.Shape[3];
        if (width % w.Heads != 0) throw new PellucidException($"{name}: {width} channels cannot be split into {w.Heads} heads");
        long headWidth = width / w.Heads;

        Value Heads(string part, AffineWeights weights) =>
            g.Transpose(g.Reshape(g.AppendLinear(x, $"{name}.{part}", weights), -1, count, windows.Tokens, w.Heads, headWidth), 0, 1, 3, 2, 4);

        Value scores = g.MatMulTransposed(Heads("query", w.Block.Query), Heads("key", w.Block.Key), (float)(1 / Math.Sqrt(headWidth)));
        Value bias = g.Weight(name + ".bias", new InlineWeight(windows.Bias(w.PositionBias.Read().ToFloat32())));
        Value probabilities = g.Softmax(g.Add(scores, bias));
        g.Tap(name + ".probabilities", probabilities);
        Value mixed = g.Transpose(g.MatMul(probabilities, Heads("value", w.Block.Value)), 0, 1, 3, 2, 4);
        return g.Reshape(mixed, -1, count, windows.Tokens, width);
    }

    /// <summary>Each 2 x 2 cell becomes one token: top left, bottom left, top right, bottom right side by side, then norm and reduction.</summary>
    private static Value Merge(GraphBuilder g, Value x, string name, SwinMergeWeights w, int rows, int columns, float epsilon)
    {
        long width = x.Shape[2];
        Value cells = g.Transpose(g.Reshape(x, -1, rows / 2, 2, columns / 2, 2, width), 0, 1, 3, 4, 2, 5);
        Value joined = g.Reshape(cells, -1, rows / 2 * (columns / 2), 4 * width);
        return g.AppendLinear(g.AppendNorm(joined, name + ".norm", w.Norm, epsilon), name + ".reduction", new AffineWeights(w.Reduction, null));
    }
}
