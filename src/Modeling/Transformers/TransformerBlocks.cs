using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Transformers;

/// <summary>Pre-norm transformer blocks as graph nodes, with the taps that <see cref="Abstractions.Models.TransformerLayout"/> names.</summary>
public static class TransformerBlocks
{
    /// <summary>Appends all blocks. x is the residual stream [B, N, D].</summary>
    public static Value AppendBlocks(
        this GraphBuilder g, Value x, string prefix, IReadOnlyList<BlockWeights> blocks, TransformerSettings settings, Value? mask = null)
    {
        for (int b = 0; b < blocks.Count; b++) x = g.AppendBlock(x, $"{prefix}.blocks.{b}", blocks[b], settings, mask);
        return x;
    }

    /// <summary>Appends a normalization.</summary>
    public static Value AppendNorm(this GraphBuilder g, Value x, string name, AffineWeights norm, float epsilon) =>
        g.LayerNorm(x, g.Weight(name + ".weight", norm.Weight), g.Weight(name + ".bias", norm.Bias!), epsilon);

    /// <summary>Appends the projection into the joint space.</summary>
    public static Value AppendProjection(this GraphBuilder g, Value x, string name, ProjectionWeights projection)
    {
        Value weight = g.Weight(name + ".weight", projection.Weight);
        return projection.OutputsFirst ? g.MatMulTransposed(x, weight) : g.MatMul(x, weight);
    }

    private static Value AppendBlock(this GraphBuilder g, Value x, string name, BlockWeights w, TransformerSettings settings, Value? mask)
    {
        g.Tap(name + ".input", x);
        Value normed = g.AppendNorm(x, name + ".ln_1", w.AttentionNorm, settings.LayerNormEpsilon);
        g.Tap(name + ".ln_1", normed);
        Value q = g.AppendLinear(normed, name + ".attn.query", w.Query);
        Value k = g.AppendLinear(normed, name + ".attn.key", w.Key);
        Value v = g.AppendLinear(normed, name + ".attn.value", w.Value);
        (Value mixed, Value probabilities) = g.ScaledDotProduct(q, k, v, settings.Heads, mask);
        g.Tap(name + ".attn.query", q);
        g.Tap(name + ".attn.key", k);
        g.Tap(name + ".attn.value", v);
        g.Tap(name + ".attn.probabilities", probabilities);
        g.Tap(name + ".attn.output", mixed);
        Value attended = g.Add(x, g.AppendLinear(mixed, name + ".attn.out_proj", w.Output));
        g.Tap(name + ".attn.out_proj.weight", g.Find(name + ".attn.out_proj.weight"));
        g.Tap(name + ".attn.out_proj.bias", g.Find(name + ".attn.out_proj.bias"));

        Value hidden = g.AppendLinear(g.AppendNorm(attended, name + ".ln_2", w.FeedForwardNorm, settings.LayerNormEpsilon), name + ".mlp.expand", w.Expand);
        Value active = settings.Activation == Activation.QuickGelu ? g.QuickGelu(hidden) : g.Gelu(hidden);
        Value y = g.Add(attended, g.AppendLinear(active, name + ".mlp.contract", w.Contract));
        g.Tap(name + ".output", y);
        return y;
    }

    /// <summary>Appends a linear layer.</summary>
    public static Value AppendLinear(this GraphBuilder g, Value x, string name, AffineWeights w) =>
        g.Affine(x, g.Weight(name + ".weight", w.Weight), w.Bias is null ? null : g.Weight(name + ".bias", w.Bias));
}
