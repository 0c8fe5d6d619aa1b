using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.MedClip;

/// <summary>
/// MedCLIP's text encoder (Wang et al. 2022, "MedCLIP: contrastive learning from unpaired medical images and text", modeling_medclip.py):
/// the mean of BERT's first, second and last layer over all positions, special tokens and padding included, then a projection.
/// </summary>
internal static class MedClipTextEncoder
{
    /// <summary>
    /// Id of a place that holds nothing: neither attended nor averaged over. [PAD] is not attended but averaged over, as published.
    /// </summary>
    public const long Absent = -1;

    private const string Prefix = "text";

    /// <summary>Builds the graph: input_ids int64 [?, length] to text_embeds [?, E].</summary>
    public static Graph Build(BertWeights w, TransformerSettings settings, ProjectionWeights projection, long padId, int length)
    {
        var g = new GraphBuilder("text encoder");
        Value ids = g.Input(EncoderNames.InputIds, TensorType.Int64(TensorShape.Dynamic, length));
        Value present = g.Cast(g.Emit("GreaterOrEqual", [ids, g.Like(ids, 0)]), ElementType.Float32);
        Value padding = g.Cast(g.Emit("Equal", [ids, g.Like(ids, padId)]), ElementType.Float32);
        IReadOnlyList<Value> states = BertEncoder.Append(g, g.Emit("Max", [ids, g.Like(ids, 0)]), g.Sub(present, padding), w, settings, Prefix);
        Value layers = g.Scale(g.Add(g.Add(states[1], states[2]), states[^1]), 1f / 3);

        // A text of nothing but absent places has no mean; its sum is left at 0 instead of becoming NaN.
        Value count = g.Emit("Max", [g.ReduceSum(present, [1]), g.Like(present, 1)]);
        Value pooled = g.ReduceSum(g.Mul(layers, g.Unsqueeze(g.Div(present, count), 2)), [1], keepDimensions: false);
        g.Tap($"{Prefix}.pooled_mean", pooled);
        g.Output(EncoderNames.TextEmbeds, g.AppendProjection(pooled, $"{Prefix}.projection", projection));
        return g.Build();
    }
}
