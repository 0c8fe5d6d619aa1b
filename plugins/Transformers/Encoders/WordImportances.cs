using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>Scores of token positions as an attribution over the words.</summary>
internal static class WordImportances
{
    /// <summary>The attribution: the positive part of the content tokens, divided by its sum.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scores">A score a position, padding included, [L].</param>
    /// <exception cref="PellucidException">A score is not finite.</exception>
    public static TokenAttribution Of(TokenizedText text, ReadOnlySpan<float> scores)
    {
        if (!TensorPrimitives.IsFiniteAll(scores)) throw new PellucidException($"the word importances of \"{text.Text}\" are not finite: the model's weights are unusable");
        float[] importances = PatchMap.Positive(scores.Slice(1, Math.Max(0, text.Length - 2)));
        float sum = TensorPrimitives.Sum<float>(importances);
        if (sum > 0) TensorPrimitives.Divide(importances, sum, importances);
        return new TokenAttribution
        {
            Tokens = text,
            Importances = importances,
            Signed = scores.ToArray(),
            Undefined = sum > 0 ? null : importances.Length == 0 ? "the text has no word" : "no word speaks for this match: every score is zero or negative",
        };
    }
}
