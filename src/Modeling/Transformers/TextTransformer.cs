using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Transformers;

/// <summary>CLIP's text encoder: a causal transformer whose end-of-text token is projected (Radford et al. 2021).</summary>
public static class TextTransformer
{
    /// <summary>Tap and weight name prefix.</summary>
    public const string Prefix = "text";

    /// <summary>Builds the graph: input_ids int64 [?, L] to text_embeds [?, E].</summary>
    /// <param name="w">Weights.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="endId">
    /// Id whose first occurrence marks the end of a text; null to take the largest id, as OpenAI's code does
    /// (end-of-text has the largest id of the vocabulary).
    /// </param>
    public static Graph Build(TextTransformerWeights w, TransformerSettings settings, long? endId)
    {
        long length = w.Positions.Shape[0];
        var g = new GraphBuilder("text encoder");
        Value ids = g.Input(EncoderNames.InputIds, TensorType.Int64(TensorShape.Dynamic, length));
        Value mask = g.Weight($"{Prefix}.attention_mask", new InlineWeight(CausalMask((int)length)));
        g.Tap($"{Prefix}.attention_mask", mask);
        Value embedded = g.Gather(g.Weight($"{Prefix}.token_embedding", w.TokenEmbedding), ids, 0);
        g.Tap($"{Prefix}.embeddings", embedded);
        Value x = g.Add(embedded, g.Weight($"{Prefix}.positions", w.Positions));
        x = g.AppendBlocks(x, Prefix, w.Blocks, settings, mask);

        Value end = EndPositions(g, ids, endId);
        g.Tap($"{Prefix}.selected_token", end);
        Value token = g.SelectToken(g.AppendNorm(x, $"{Prefix}.ln_final", w.FinalNorm, settings.LayerNormEpsilon), end);
        g.Output(EncoderNames.TextEmbeds, g.AppendProjection(g.Squeeze(token, 1), $"{Prefix}.projection", w.Projection));
        return g.Build();
    }

    /// <summary>Layout of the encoder.</summary>
    public static TransformerLayout Layout(TextTransformerWeights w, TransformerSettings settings) => new(
        Prefix, w.Blocks.Count, settings.Heads, (int)w.Positions.Shape[1], (int)w.Positions.Shape[0], 0, 0, PrefixTokens: 0, Causal: true);

    /// <summary>Position of the end-of-text token, [B, 1, 1]. Ids are compared as float32, exact below 2^24.</summary>
    private static Value EndPositions(GraphBuilder g, Value ids, long? endId)
    {
        Value ranked = endId is null
            ? g.Cast(ids, ElementType.Float32)
            : g.Cast(g.Emit("Equal", [ids, g.Constant(HostTensor.Of([endId.Value], TensorShape.Scalar))]), ElementType.Float32);
        Value position = g.Emit("ArgMax", [ranked], NodeAttributes.Of(("axis", 1L), ("keepdims", 1L)));
        return g.Unsqueeze(position, 2);
    }

    private static HostTensor CausalMask(int length)
    {
        float[] mask = new float[length * length];
        for (int row = 0; row < length; row++)
        {
            for (int column = row + 1; column < length; column++) mask[(row * length) + column] = float.NegativeInfinity;
        }

        return HostTensor.Of(mask, 1, 1, length, length);
    }
}
