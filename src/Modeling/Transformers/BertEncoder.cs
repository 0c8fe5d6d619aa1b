using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Transformers;

/// <summary>
/// BERT (Devlin et al. 2019, "BERT: pre-training of deep bidirectional transformers"), as Hugging Face's <c>BertModel</c> computes it:
/// e = LN(word + type + position); each layer a = LN(attention(x) + x), y = LN(feedforward(a) + a).
/// </summary>
public static class BertEncoder
{
    /// <summary>
    /// Appends the encoder. Taps: <c>{prefix}.word_embeddings</c>, <c>{prefix}.embeddings</c>, <c>{prefix}.layer{k}</c> [B, L, D]
    /// and <c>{prefix}.layer{k}.attn.probabilities</c> [B, heads, L, L].
    /// </summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="ids">Token ids, int64 [B, L], none negative.</param>
    /// <param name="attended">1 where a position may be attended, 0 where not, float32 [B, L]; null where all may.</param>
    /// <param name="w">Weights.</param>
    /// <param name="settings">Heads, activation and epsilon (1e-12 for the published models).</param>
    /// <param name="prefix">Tap and weight name prefix.</param>
    /// <returns>The hidden states [B, L, D]: of the embeddings, then of each layer.</returns>
    /// <exception cref="PellucidException">There are fewer positions than ids.</exception>
    public static IReadOnlyList<Value> Append(
        GraphBuilder g, Value ids, Value? attended, BertWeights w, TransformerSettings settings, string prefix)
    {
        int length = (int)ids.Shape[1];
        if (length < 1 || length > w.Positions.Shape[0])
            throw new PellucidException($"a text of {length} tokens does not fit the text encoder, which has {w.Positions.Shape[0]} positions");
        Value words = g.Gather(g.Weight($"{prefix}.words", w.Words), ids, 0);
        g.Tap($"{prefix}.word_embeddings", words);
        Value sum = g.Add(words, g.Weight($"{prefix}.positions", new InlineWeight(Positions(w, length))));
        Value x = g.AppendNorm(sum, $"{prefix}.embedding_norm", w.EmbeddingNorm, settings.LayerNormEpsilon);
        g.Tap($"{prefix}.embeddings", x);
        List<Value> states = [x];
        Value? mask = attended is null ? null : Mask(g, attended);
        for (int l = 0; l < w.Layers.Count; l++) states.Add(AppendLayer(g, states[^1], $"{prefix}.layer{l}", w.Layers[l], settings, mask));
        return states;
    }

    private static Value AppendLayer(GraphBuilder g, Value x, string name, BlockWeights w, TransformerSettings settings, Value? mask)
    {
        (Value mixed, Value probabilities) = g.ScaledDotProduct(
            g.AppendLinear(x, name + ".attn.query", w.Query), g.AppendLinear(x, name + ".attn.key", w.Key), g.AppendLinear(x, name + ".attn.value", w.Value),
            settings.Heads, mask);
        g.Tap(name + ".attn.probabilities", probabilities);
        Value attended = g.AppendNorm(g.Add(g.AppendLinear(mixed, name + ".attn.out_proj", w.Output), x), name + ".attn.norm", w.AttentionNorm, settings.LayerNormEpsilon);
        Value hidden = g.AppendLinear(attended, name + ".mlp.expand", w.Expand);
        Value active = settings.Activation == Activation.QuickGelu ? g.QuickGelu(hidden) : g.Gelu(hidden);
        Value y = g.AppendNorm(g.Add(g.AppendLinear(active, name + ".mlp.contract", w.Contract), attended), name + ".mlp.norm", w.FeedForwardNorm, settings.LayerNormEpsilon);
        g.Tap(name, y);
        return y;
    }

    /// <summary>(1 - attended) times the most negative float32, as Hugging Face adds it: [B, 1, 1, L].</summary>
    private static Value Mask(GraphBuilder g, Value attended) =>
        g.Unsqueeze(g.Scale(g.Sub(g.Like(attended, 1), attended), float.MinValue), 1, 2);

    /// <summary>Position embeddings of the first tokens, with the one token type that is used: [L, D].</summary>
    private static HostTensor Positions(BertWeights w, int length)
    {
        HostTensor positions = w.Positions.Read().ToFloat32();
        int width = (int)positions.Shape[1];
        float[] sum = positions.Floats[..(length * width)].ToArray();
        if (w.TokenTypes is null) return HostTensor.Of(sum, length, width);
        ReadOnlySpan<float> type = w.TokenTypes.Read().ToFloat32().Floats[..width];
        for (int i = 0; i < sum.Length; i++) sum[i] += type[i % width];
        return HostTensor.Of(sum, length, width);
    }
}
