using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Interactions;

/// <summary>From products of tokens and patches to an explanation.</summary>
internal static class InteractionMaps
{
    /// <summary>The explanation, in units of the target's score.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">The target.</param>
    /// <param name="products">[T, N] before the division by the norms.</param>
    /// <param name="layout">Layout of the image.</param>
    /// <param name="image">The image side.</param>
    /// <param name="text">The text side.</param>
    public static Explanation Explain(
        IVisionLanguageModel model, MatchingScoreTarget target, float[] products, TransformerLayout layout, IntegratedSide image, IntegratedSide text)
    {
        TokenizedText tokens = target.Text.Tokens;
        double unit = Unit(target.Score, image, text, model.Description.LogitScale);
        float[] scaled = Array.ConvertAll(products, v => (float)(unit * v));
        int all = layout.Tokens, first = layout.PrefixTokens, patches = all - first;
        float[] map = new float[patches], positions = new float[tokens.Ids.Count];
        for (int j = 0; j < tokens.Length; j++)
        {
            ReadOnlySpan<float> row = scaled.AsSpan(j * all, all);
            TensorPrimitives.Add(map, row[first..], map);
            positions[j] = TensorPrimitives.Sum(row);
        }

        double score = model.Fusion.Score(image.Input, target.Text.Embedding.Floats, target.Score);
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = "the served model",
            Image = PatchMap.Of(map, layout, signed: true, target),
            Text = WordImportances.Of(tokens, positions),
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal)
            {
                [Explanation.InteractionsDetail] = Words(tokens, scaled, layout),
                ["token-interactions"] = HostTensor.Of(scaled, tokens.Length, all),
                ["completeness"] = HostTensor.Of([scaled.Sum(v => (double)v), unit * Expected(image, text)], 2).ToFloat32(),
            },
        };
    }

    /// <summary>Interactions of each word with each patch: the sum over the word's tokens, [words, rows, columns].</summary>
    private static HostTensor Words(TokenizedText tokens, float[] scaled, TransformerLayout layout)
    {
        int patches = layout.Tokens - layout.PrefixTokens;
        float[] words = new float[tokens.Words.Count * patches];
        for (int w = 0; w < tokens.Words.Count; w++)
        {
            Span<float> word = words.AsSpan(w * patches, patches);
            for (int j = 0; j < tokens.Words[w].TokenCount; j++)
                TensorPrimitives.Add(word, scaled.AsSpan(((tokens.Words[w].FirstToken + j) * layout.Tokens) + layout.PrefixTokens, patches), word);
        }

        return HostTensor.Of(words, tokens.Words.Count, layout.GridHeight, layout.GridWidth);
    }

    /// <summary>What products of embeddings are multiplied with to be of the score's kind.</summary>
    private static double Unit(ScoreKind kind, IntegratedSide image, IntegratedSide text, double logitScale)
    {
        double imageNorm = TensorPrimitives.Norm(image.Input), textNorm = TensorPrimitives.Norm(text.Input);
        return kind switch
        {
            ScoreKind.Logit => logitScale / (imageNorm * textNorm),
            ScoreKind.Linear => logitScale / textNorm,
            _ => 1 / (imageNorm * textNorm),
        };
    }

    /// <summary>The sum of all interactions by the fundamental theorem of calculus: (g(x) - g(r)) (h(x) - h(r)).</summary>
    private static double Expected(IntegratedSide image, IntegratedSide text)
    {
        double sum = 0;
        for (int e = 0; e < image.Input.Length; e++) sum += ((double)image.Input[e] - image.Zero[e]) * (text.Input[e] - text.Zero[e]);
        return sum;
    }
}
