using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;

namespace Pellucid.Host.Targets;

/// <summary>
/// What is to be explained, as a user says it: texts (perhaps against another), classes of a prompt set, embedding dimensions, elements
/// of taps, or outputs of a head. One of these.
/// </summary>
public sealed record TargetChoice
{
    /// <summary>Texts whose matching scores are explained.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>A text whose score is taken from that of each of <see cref="Texts"/>.</summary>
    public string? Against { get; init; }

    /// <summary>Which score; null for cosine with texts, and logit with classes.</summary>
    public ScoreKind? Score { get; init; }

    /// <summary>Prompts file; null for the model's own, where <see cref="Classes"/> are named.</summary>
    public string? Prompts { get; init; }

    /// <summary>Classes of the prompts; none for all of a file that is named.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Logit or probability, of classes and of a classification head; null for logit.</summary>
    public ClassScore? ClassScore { get; init; }

    /// <summary>How scores with prompts become the score of a class; null for the mean.</summary>
    public PromptEnsemble? Ensemble { get; init; }

    /// <summary>How prompts are padded; null for not at all.</summary>
    public PromptPadding? Padding { get; init; }

    /// <summary>Dimensions of the image embedding.</summary>
    public IReadOnlyList<int> Dimensions { get; init; } = [];

    /// <summary>Elements of taps, <c>name[i,j]</c>.</summary>
    public IReadOnlyList<string> Taps { get; init; } = [];

    /// <summary>Outputs of heads, <c>file</c> or <c>file:output</c>.</summary>
    public IReadOnlyList<string> Heads { get; init; } = [];

    private bool HasClasses => Prompts is not null || Classes.Count > 0;

    /// <summary>Checks that one kind of target is asked for, and that nothing is given that has no meaning for it.</summary>
    /// <exception cref="PellucidException">It is not so.</exception>
    public void Require()
    {
        (string Option, bool Given)[] kinds =
        [
            ("--text", Texts.Count > 0), (Prompts is not null ? "--prompts" : "--class", HasClasses), ("--dimension", Dimensions.Count > 0), ("--tap", Taps.Count > 0), ("--head", Heads.Count > 0),
        ];
        string[] given = [.. kinds.Where(k => k.Given).Select(k => k.Option)];
        if (given.Length > 1) throw new PellucidException($"one run explains one kind of target: {string.Join(" and ", given)} were both given; explain them one after the other");
        if (given.Length == 0 && Against is not null) throw new PellucidException("--against compares with a text, and there is none to compare: add --text \"...\"");
        if (given.Length == 0) throw new PellucidException("no text was given: add --text \"...\" (or another target: --class, --dimension, --tap, --head)");
        string kind = given[0];
        Needs(Against is not null, "--against", Texts.Count > 0, "--text");
        Needs(Score is not null, "--score", Texts.Count > 0 || HasClasses, "--text or --class");
        Needs(ClassScore is not null, "--class-score", HasClasses || Heads.Count > 0, "--class or --head");
        Needs(Ensemble is not null, "--ensemble", HasClasses, "--class");
        Needs(Padding is not null, "--padding", HasClasses, "--class");
        for (int t = 0; t < Texts.Count; t++)
        {
            if (string.IsNullOrWhiteSpace(Texts[t])) throw new PellucidException($"text {t + 1} of {Texts.Count} is empty: there is no word to match the image with");
        }

        if (Against is not null && string.IsNullOrWhiteSpace(Against)) throw new PellucidException("the text of --against is empty: there is no word to compare with");
        if (ClassScore == Abstractions.Explanations.ClassScore.Probability && HasClasses && Score == ScoreKind.Cosine)
            throw new PellucidException("a class probability is the softmax over logits: leave out --score cosine");

        void Needs(bool has, string option, bool fits, string other)
        {
            if (has && !fits) throw new PellucidException($"{option} has no meaning with {kind}: it goes with {other}");
        }
    }
}
