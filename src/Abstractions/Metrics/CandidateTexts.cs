using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>
/// The texts or classes among which an image's text is chosen, as in zero-shot classification. One object serves all items of a data set.
/// </summary>
public sealed class CandidateTexts
{
    private readonly Func<IFusionRule, ReadOnlySpan<float>, double[]> _logits;

    private CandidateTexts(int count, IReadOnlyList<TextInput> texts, Func<IFusionRule, ReadOnlySpan<float>, double[]> logits)
    {
        if (count == 0) throw new PellucidException("the list of candidate texts is empty");
        (Count, Texts, _logits) = (count, texts, logits);
    }

    /// <summary>Number of candidates.</summary>
    public int Count { get; }

    /// <summary>The texts, one a candidate; empty where candidates are classes of several prompts.</summary>
    public IReadOnlyList<TextInput> Texts { get; }

    /// <summary>Single texts.</summary>
    /// <exception cref="PellucidException">There is none.</exception>
    public static CandidateTexts Of(IReadOnlyList<TextInput> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new CandidateTexts(texts.Count, texts, (fusion, image) =>
        {
            double[] logits = new double[texts.Count];
            for (int i = 0; i < logits.Length; i++) logits[i] = fusion.Score(image, texts[i].Embedding.Floats, ScoreKind.Logit);
            return logits;
        });
    }

    /// <summary>Classes of prompts: their logits are ensembled as the set says.</summary>
    public static CandidateTexts Of(PromptSet prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        return new CandidateTexts(prompts.Classes.Count, [], (fusion, image) => prompts.Scores(fusion, image, ScoreKind.Logit));
    }

    /// <summary>Logits (tau x cosine) of an image embedding with all candidates.</summary>
    /// <param name="fusion">The model's fusion rule.</param>
    /// <param name="imageEmbedding">[E], un-normalized.</param>
    public double[] Logits(IFusionRule fusion, ReadOnlySpan<float> imageEmbedding)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        return _logits(fusion, imageEmbedding);
    }

    /// <summary>Number of the largest logit; ties go to the first.</summary>
    public static int Best(IReadOnlyList<double> logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        int best = 0;
        for (int i = 1; i < logits.Count; i++) if (logits[i] > logits[best]) best = i;
        return best;
    }

    /// <summary>Whether a candidate is among the <paramref name="count"/> largest logits: fewer than that many are larger.</summary>
    public static bool IsAmong(IReadOnlyList<double> logits, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.Count(l => l > logits[index]) < count;
    }
}
