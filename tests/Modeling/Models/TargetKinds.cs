using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Heads;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Abstractions.Texts;
using Pellucid.Modeling.Heads;

namespace Pellucid.Modeling.Tests.Models;

/// <summary>Targets of every kind for <see cref="SmallVisionTransformer"/>, from a seed.</summary>
internal static class TargetKinds
{
    public const int Count = 6;

    public static TheoryData<string> Names =>
    [
        "cosine", "logit", "linear", "dimension", "contrast cosine", "contrast linear", "class logit mean", "class logit max", "class linear",
        "class probability mean", "class probability max", "head linear", "head deep", "head probability", "tap patches", "tap block", "tap attention", "tap embedding",
    ];

    /// <summary>Six targets of a kind.</summary>
    public static ExplanationTarget[] Of(string name, IGraphRunner runner)
    {
        var random = new Random(9);
        TextInput Text() => new(new TokenizedText("text", [], 0, [], [], false, 0), SmallVisionTransformer.Random(random, 1, 0, SmallVisionTransformer.Embedding));
        PromptSet Set(PromptEnsemble ensemble) => new([.. Enumerable.Range(0, Count).Select(c => new PromptClass($"class {c}", [.. Enumerable.Range(0, 1 + (c % 3)).Select(_ => Text())]))], ensemble);
        ExplanationTarget[] Classes(PromptEnsemble ensemble, ClassScore form, ScoreKind score = ScoreKind.Logit)
        {
            PromptSet set = Set(ensemble);
            return [.. Enumerable.Range(0, Count).Select(c => new ClassScoreTarget(set, c, form, score))];
        }

        EmbeddingHead Head(HeadActivation[] hidden, HeadKind kind)
        {
            var weights = new Random(4);
            HeadLayer Layer(int rows, int columns, HeadActivation activation) =>
                new(SmallVisionTransformer.Random(weights, 0.5f, 0, rows, columns), SmallVisionTransformer.Random(weights, 0.2f, 0, rows), activation);
            HeadLayer[] layers = [.. hidden.Select((a, n) => Layer(9, n == 0 ? SmallVisionTransformer.Embedding : 9, a)), Layer(Count, hidden.Length == 0 ? SmallVisionTransformer.Embedding : 9, HeadActivation.None)];
            return EmbeddingHead.OfLayers("small", kind, [.. Enumerable.Range(0, Count).Select(o => $"output {o}")], layers, runner);
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
            "head linear" => Each(k => new HeadTarget(Head([], HeadKind.Regression), k)),
            "head deep" => Each(k => new HeadTarget(Head([HeadActivation.Gelu, HeadActivation.Tanh], HeadKind.Regression), k)),
            "head probability" => Each(k => new HeadTarget(Head([HeadActivation.Sigmoid], HeadKind.Classification), k, ClassScore.Probability)),
            "tap patches" => Each(k => new TapTarget("vision.patches", [k % 4, 2 * k])),
            "tap block" => Each(k => new TapTarget("vision.blocks.0.output", [k % 5, 2 * k])),
            "tap attention" => Each(k => new TapTarget("vision.blocks.1.attn.probabilities", [k % 2, k % 3, 1])),
            "tap embedding" => Each(k => new TapTarget(EncoderNames.ImageEmbeds, [k])),
            _ => Each(_ => new MatchingScoreTarget(Text(), Enum.Parse<ScoreKind>(name, ignoreCase: true))),
        };
    }
}
