using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tests.Models;

/// <summary>Targets of every kind for <see cref="SmallVisionTransformer"/>, from a seed.</summary>
internal static class TargetKinds
{
    public const int Count = 6;

    public static TheoryData<string> Names =>
    [
        "cosine", "logit", "linear", "dimension", "contrast cosine", "contrast linear", "class logit mean", "class logit max", "class linear",
        "class probability mean", "class probability max", "tap patches", "tap block", "tap attention", "tap embedding",
    ];

    /// <summary>Six targets of a kind.</summary>
    public static ExplanationTarget[] Of(string name)
    {
        var random = new Random(9);
        TextInput Text() => new(new TokenizedText("text", [], 0, [], [], false, 0), SmallVisionTransformer.Random(random, 1, 0, SmallVisionTransformer.Embedding));
        PromptSet Set(PromptEnsemble ensemble) => new([.. Enumerable.Range(0, Count).Select(c => new PromptClass($"class {c}", [.. Enumerable.Range(0, 1 + (c % 3)).Select(_ => Text())]))], ensemble);
        ExplanationTarget[] Classes(PromptEnsemble ensemble, ClassScore form, ScoreKind score = ScoreKind.Logit)
        {
            PromptSet set = Set(ensemble);
            return [.. Enumerable.Range(0, Count).Select(c => new ClassScoreTarget(set, c, form, score))];
        }

        ExplanationTarget[] Each(Func<int, ExplanationTarget> make) => [.. Enumerable.Range(0, Count).Select(make)];
        return name switch
        {
            "dimension" => Each(k => new EmbeddingDimensionTarget(k)),
            "contrast cosine" => Each(_ => new ContrastTarget(Text(), Text())),
            "contrast linear" => Each(_ => new ContrastTarget(Text(), Text(), ScoreKind.Linear)),
            "class logit mean" => Classes(PromptEnsemble.Mean, ClassScore.Logit),
            "class logit max" => Classes(PromptEnsemble.Max, ClassScore.Logit),
            "class linear" => Classes(PromptEnsemble.Mean, ClassScore.Logit, ScoreKind.Linear),
            "class probability mean" => Classes(PromptEnsemble.Mean, ClassScore.Probability),
            "class probability max" => Classes(PromptEnsemble.Max, ClassScore.Probability),
            "tap patches" => Each(k => new TapTarget("vision.patches", [k % 4, 2 * k])),
            "tap block" => Each(k => new TapTarget("vision.blocks.0.output", [k % 5, 2 * k])),
            "tap attention" => Each(k => new TapTarget("vision.blocks.1.attn.probabilities", [k % 2, k % 3, 1])),
            "tap embedding" => Each(k => new TapTarget(EncoderNames.ImageEmbeds, [k])),
            _ => Each(_ => new MatchingScoreTarget(Text(), Enum.Parse<ScoreKind>(name, ignoreCase: true))),
        };
    }
}
