using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>
/// The function that is explained, beside the served one in the same graph: the encoder as it is, or with single-head attention in
/// one block.
/// </summary>
internal static class ExplainedFork
{
    /// <summary>Output and tap: value of the targets in the explained function, [K].</summary>
    public const string Scores = "explained.scores";

    /// <summary>Tap: embedding in the explained function, [B, E].</summary>
    public const string Embedding = "explained.embedding";

    /// <summary>Tap: gradient of each explained score by that embedding, [K, E].</summary>
    public const string Cotangents = "explained.cotangents";

    /// <summary>Tap: attention probabilities of the block, [B, heads, N, N].</summary>
    public const string Probabilities = "explained.probabilities";

    /// <summary>What to say of it in <see cref="Abstractions.Explanations.Explanation.ExplainedFunction"/>.</summary>
    public static string Describe(AttentionHeads heads, int block) =>
        heads == AttentionHeads.Native ? "the served model" : $"single-head attention in image block {block}";

    /// <summary>The graph with its taps set and <see cref="Scores"/> an output, hoisted: only one token goes through the last block's MLP.</summary>
    public static Graph Build(TargetGraph target, EncoderSide side, int block, AttentionHeads heads)
    {
        GraphBuilder g = target.Graph.Edit();
        TransformerLayout layout = side.Layout;
        string[] wanted = [EncoderNames.Scores, target.Embedding, EncoderNames.Cotangents];
        Value probabilities = g.Find(layout.Tap(block, "attn.probabilities"));
        IReadOnlyDictionary<string, Value> values = wanted.ToDictionary(n => n, g.Find, StringComparer.Ordinal);
        if (heads == AttentionHeads.Single)
        {
            Value Part(string what) => g.Find(layout.Tap(block, "attn." + what));
            (Value output, probabilities) = g.ScaledDotProduct(
                Part("query"), Part("key"), Part("value"), heads: 1, layout.Causal ? g.Find(layout.MaskTap) : null);
            values = g.Fork(new Dictionary<string, Value>(StringComparer.Ordinal) { [Part("output").Name] = output }, wanted);
        }

        g.Tap(Scores, values[EncoderNames.Scores]);
        g.Tap(Embedding, values[target.Embedding]);
        g.Tap(Cotangents, values[EncoderNames.Cotangents]);
        g.Tap(Probabilities, probabilities);
        g.Output(Scores, values[EncoderNames.Scores]);
        return g.Build().HoistTokenSelection();
    }
}
