using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>A target with the weighted sum of embedding dimensions that is explained in its place.</summary>
/// <param name="Asked">The target as asked for.</param>
/// <param name="Linear">The target that is linear in the un-normalized image embedding, without a constant.</param>
/// <param name="Weights">[E]; tau T_i for a text.</param>
internal sealed record FusedTarget(EmbeddingTarget Asked, EmbeddingTarget Linear, float[] Weights)
{
    /// <summary>Whether a target is of a kind that has a linear form.</summary>
    public static bool MayHave(ExplanationTarget target) => target is EmbeddingTarget && LinearForm(target) is not null;

    /// <summary>The linear form of a target.</summary>
    /// <exception cref="PellucidException">It has none.</exception>
    public static FusedTarget Of(ExplanationTarget target, IVisionLanguageModel model)
    {
        EmbeddingTarget? linear = LinearForm(target);
        if (linear?.Linear(model.Fusion, model.Description.EmbeddingDimension) is not { } form)
            throw new PellucidException($"embedding-fusion sums over embedding dimensions, and {target.Describe()} is no weighted sum of them in any form of the score; ask for the score with a text, for a class by the mean of its prompts, or use plain explainers");
        return new FusedTarget((EmbeddingTarget)target, form.Offset == 0 ? linear : new WeightedDimensionsTarget(form.Weights), form.Weights);
    }

    /// <summary>What is explained, as a function of the model that is.</summary>
    public string Describe(string function) => Asked == Linear ? function
        : Linear is WeightedDimensionsTarget ? $"the target without its constant, of {function}"
        : $"the linear score tau <T, I_p>, of {function}";

    /// <summary>Scores take their linear form; a probability has none.</summary>
    private static EmbeddingTarget? LinearForm(ExplanationTarget target) => target switch
    {
        MatchingScoreTarget score => score with { Score = ScoreKind.Linear },
        ContrastTarget contrast => contrast with { Score = ScoreKind.Linear },
        ClassScoreTarget { Form: ClassScore.Logit } one => one with { Score = ScoreKind.Linear },
        ClassScoreTarget or HeadTarget { Form: ClassScore.Probability } => null,
        _ => target as EmbeddingTarget,
    };
}
